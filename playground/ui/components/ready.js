/* Loaded last: now every component is registered. */
window.pg.loaded();
