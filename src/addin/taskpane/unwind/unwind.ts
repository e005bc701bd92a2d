/** What is loaded together: what a planner sees of an order that goes back, step by step, and of what is fetched for orders. */
export { MadeWork } from './made-work';
export { PickingWork } from './picking-work';
export { PlannedWork } from './planned-work';
export { UnwindSteps } from './unwind-steps';
