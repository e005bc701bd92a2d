/** Id of the place in the pane where the selected order is shown, for whoever leads there. */
export const selectedOrderPlace = 'selected-order';
