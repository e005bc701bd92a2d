import type { PaneState } from '../store/state';

/** A company that does not split what stock does not cover has nothing to choose about it. */
export const splits = ({ policy }: PaneState) => policy?.shortage === 'split';
