export { defineJob, type JobContext, type JobHandler } from './handler.ts';
export { createJobRunner, type JobRunner, type JobRunnerOptions } from './job-runner.ts';
export { makePartitionsJob } from './make-message-partitions.ts';
export { cancel, type JobRequest, schedule } from './schedule.ts';
