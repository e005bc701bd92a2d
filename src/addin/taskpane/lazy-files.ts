import { lazyFile } from './lazily';

/** What a planner sees after the first search at the earliest, and the boxes of the search form with a list. */
export const later = lazyFile(() => import('./blocks/later'));
/** What a planner sees of orders marked for a release. */
export const confirmFile = lazyFile(() => import('./confirm/confirm'));
/** What a planner sees of a refresh and nowhere else. */
export const refreshFile = lazyFile(() => import('./refresh/refresh'));
/** What a planner sees where material is short. */
export const shortageFile = lazyFile(() => import('./shortage/shortages'));
/** What a planner sees where material is managed by lot. */
export const lotsFile = lazyFile(() => import('./lots/lots'));
/** What a planner sees who prints papers. */
export const paperFile = lazyFile(() => import('./papers/papers'));
/** What a planner sees of an order that goes back, and of what the warehouse fetches for it. */
export const unwindFile = lazyFile(() => import('./unwind/unwind'));
