/** The door of the Stripe adapter. */
export { type StripeConfig, StripeProvider } from './stripe.ts';
