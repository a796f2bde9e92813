"""Set the columns of a grid: as wide as they need, the least important ones narrower where room is short."""
