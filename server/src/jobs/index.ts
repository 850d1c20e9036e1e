/** The door to deferred work. */
export { defineJob, type JobHandler } from './handler.ts';
export { createJobRunner } from './job-runner.ts';
export { makePartitionsJob } from './make-message-partitions.ts';
export { cancel, type JobRequest, schedule } from './schedule.ts';
