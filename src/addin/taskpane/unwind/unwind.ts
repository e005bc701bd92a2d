/** What is loaded together: what a planner sees of an order that goes back, step by step. */
export { PickingWork } from './picking-work';
export { UnwindSteps } from './unwind-steps';
