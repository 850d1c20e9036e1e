/** Puts privacy together: its operations, its jobs and who makes the copies. */
import type { Binding } from '../../http/index.ts';
import type { JobHandler } from '../../jobs/index.ts';
import type { PrivacyDeps } from './deps.ts';
import { ExportWorker } from './export-worker.ts';
import { privacyJobs } from './jobs.ts';
import { type FilePlaces, personalFiles } from './personal-files.ts';
import { privacyRoutes } from './routes.ts';

export interface PrivacyOptions extends Omit<PrivacyDeps, 'files'> {
  readonly files: FilePlaces;
  /** What the archive calls this instance. */
  readonly publicName: string;
}

export interface PrivacyDoor {
  readonly bindings: readonly Binding[];
  readonly jobs: readonly JobHandler[];
  /** Copies that were being made when the server died are begun anew. */
  start(): void;
  /** Resolves when no copy is being made. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export function createPrivacy({ files, publicName, ...options }: PrivacyOptions): PrivacyDoor {
  const deps: PrivacyDeps = { ...options, files: personalFiles(files) };
  const worker = new ExportWorker(deps, publicName);
  return {
    bindings: privacyRoutes(deps),
    jobs: privacyJobs(deps, worker),
    start: () => worker.wake(),
    settle: () => worker.settle(),
    stop: () => worker.stop(),
  };
}
