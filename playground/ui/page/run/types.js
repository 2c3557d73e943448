/** The shapes of what belongs to a run, in the words of `../types.js`, which names them all. */

/** @typedef {import("../types.js").Data} Data */
/** @typedef {import("../types.js").Fault} Fault */
/** @typedef {import("../types.js").Layer} Layer */
/** @typedef {import("../types.js").Experiment} Experiment */
/** @typedef {import("../types.js").Text} Text */

/** @typedef {"waiting" | "queued" | "running" | "paused" | "done" | "stopped" | "failed"} RunState */

/** @typedef {{step: number[], lr: number[], unknown: boolean}} Plan the planned learning rate */

/**
 * @typedef {object} RunView The run that the page watches, as far as it is known by now.
 * @property {string} id
 * @property {string | null} control the right to steer it; null for a watcher
 * @property {RunState} state
 * @property {number | null} [position] in the line for a place; 1 is the next
 * @property {Experiment | null} experiment
 * @property {Data | null} data
 * @property {number} step
 * @property {number} epoch
 * @property {import("./baselines.js").Baseline[]} [baselines] answers without a network, once it has a score
 * @property {boolean} [loaded] weights were brought to it
 * @property {boolean} [wasLeft] another experiment was opened while it was on the screen
 * @property {string} [endedOver] what stood on the screen when it ended, in canonical form
 * @property {boolean} [shares_files] those who watch may download the network
 * @property {string} [name]
 * @property {Text | string} [message] why it ended
 * @property {string} [reason]
 * @property {number} [n_epochs]
 * @property {number} [total_steps]
 * @property {number} [lr] of the step to come
 * @property {number | null} [steps_per_s] as measured
 * @property {number} [samples_per_s]
 */

/**
 * @typedef {object} Checked What the server said of the experiment on the screen.
 * @property {Data | null} data
 * @property {Data | null} lastData the last data that it told at all
 * @property {Fault[]} faults
 * @property {boolean} isCurrent whether it is said of the very last edit
 */

/**
 * @typedef {object} Situation Whose network the page shows, and what may be done with it.
 * @property {"none" | "asked" | RunState} phase
 *   of the run; "asked": made to be asked, paused before its first step; "waiting": in line for a place
 * @property {boolean} isOwn whether this page may steer the run
 * @property {boolean} isEnded there is no run, or it is over
 * @property {boolean} isLive the contrary
 * @property {boolean} isEdited the experiment on the screen is another than the run's
 * @property {boolean} isLeft a whole other experiment was opened over the run
 * @property {boolean} holdsScreen the data of the run are shown, whatever is chosen meanwhile
 * @property {boolean} isBlank no network answers: the experiment has a fault
 * @property {boolean} answers the run's network may be asked about what is shown
 * @property {{experiment: any, data: Data | null, kind: string, layers: Layer[]}} subject what the page
 *   is about:
 * the experiment whose data are shown, these data and their kind, and the layers of the network that
 * answers
 * @property {"train" | "again" | "pause" | "resume" | "waiting"} action what the large button does
 * @property {boolean} offersAgain whether "Train again" stands beside it
 */

/**
 * @typedef {object} RunHistory Columns by name, a row a measurement.
 * @property {Record<string, any[]>} steps
 * @property {Record<string, any[]>} layers
 * @property {Record<string, any[]>} epochs
 * @property {{step: number, kind: string, value: any}[]} events
 * @property {string[]} layer_names
 * @property {string[]} part_names
 * @property {string[]} metrics
 */

/**
 * @typedef {Record<string, any> & {kind: "validation" | "drawn" | "picture" | "point" | "raw"}} Sample
 * What everything looks at: `index` of a validation sample, `pixels` of a picture, `x` of a point,
 * `value` of a row.
 */

/**
 * @typedef {object} Answer The network's answer about the sample.
 * @property {number[]} [probabilities] a share a class
 * @property {number} step at which it was given
 * @property {number | string | null} label the true one, where it is known
 * @property {Sample} sample
 * @property {any} [image]
 * @property {any} [values]
 * @property {boolean} [finite] whether the network's outputs are finite numbers
 */

/**
 * @typedef {object} Finding Something that the curves of a run say.
 * @property {string} key of the words
 * @property {Record<string, any>} values
 * @property {boolean} [bad]
 * @property {string} [chart] that shows it
 */

/**
 * @typedef {object} FindingsReader What findings are read from.
 * @property {RunHistory} history
 * @property {(path: string) => string} labelOf a layer
 * @property {boolean} isRunning
 * @property {number} [classes] how many the network chooses from
 * @property {number} [nValidation] samples that it is judged by
 * @property {import("./baselines.js").Baseline[]} [baselines] answers without a network
 * @property {(baseline: import("./baselines.js").Baseline) => string} [wordsOf] what a baseline answers
 */

export {};
