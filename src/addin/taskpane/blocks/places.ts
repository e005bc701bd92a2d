/** Ids of places in the pane, for whoever leads there: where the selected order is shown, */
export const selectedOrderPlace = 'selected-order';
/** and where a preview or a result is. */
export const outcomePlace = 'outcome';
