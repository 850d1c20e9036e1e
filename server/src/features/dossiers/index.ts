/** The door of dossiers. */
export { dossierRoutes } from './routes.ts';
