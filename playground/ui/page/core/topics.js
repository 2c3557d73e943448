/** Topics: a module says that something changed, others listen. Nobody needs to know who listens. */

/** @typedef {{fn: (detail?: any) => void, element: Element | null}} Listener */

/** @type {Map<string, Set<Listener>>} */
const listeners = new Map();

/**
 * Calls `fn` at every `emit` of the topic, as long as `element` (where one is given) stands in the page.
 * @param {string} topic
 * @param {(detail?: any) => void} fn
 * @param {Element | null} [element]
 * @returns {() => void} stops listening
 */
export function on(topic, fn, element = null) {
  const listener = { fn, element };
  const audience = listeners.get(topic) ?? new Set();
  listeners.set(topic, audience);
  audience.add(listener);
  return () => {
    audience.delete(listener);
  };
}

/**
 * Listens to several topics at once.
 * @param {string[]} topics
 * @param {(detail?: any) => void} fn
 * @param {Element | null} [element]
 */
export function onAny(topics, fn, element = null) {
  for (const topic of topics) on(topic, fn, element);
}

/**
 * Tells everybody who listens. One listener that fails does not keep the others from hearing.
 * @param {string} topic
 * @param {any} [detail]
 */
export function emit(topic, detail) {
  const audience = listeners.get(topic);
  if (!audience) return;
  for (const listener of [...audience]) {
    if (listener.element && !listener.element.isConnected) {
      audience.delete(listener);
      continue;
    }
    try {
      listener.fn(detail);
    } catch (error) {
      console.error(topic, error);
    }
  }
}
