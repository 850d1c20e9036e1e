export { FakeMediaEngine, type FakeStage } from './fake-engine.ts';
