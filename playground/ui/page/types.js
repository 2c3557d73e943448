/**
 * The shapes of what the page and the server tell each other. Types only: this module has no code.
 * In a module: `/** @typedef {import("../types.js").Fault} Fault *\/`.
 */

/** @typedef {{en: string, zh: string}} Text a text in all languages of the page */

/**
 * @typedef {Record<string, any> & {layer: string, _key?: string}} Layer
 *   A layer as it is listed: its kind, its settings by name. `_key` is the page's own and is never sent.
 */

/**
 * @typedef {object} Experiment The whole recipe.
 * @property {string} name
 * @property {Record<string, any> & {dataset: string}} data
 * @property {Layer[]} layers
 * @property {Record<string, any>} training
 */

/**
 * @typedef {object} Repair What a click on a repair puts in place of the present value.
 * @property {Text} label
 * @property {Layer[]} [layers]
 * @property {Record<string, any>} [training]
 * @property {Record<string, any>} [data]
 */

/**
 * @typedef {object} Fault
 * @property {string} place such as "layers[2].kernel"
 * @property {string} code
 * @property {Text} message
 * @property {Repair[]} [repairs]
 */

/**
 * @typedef {object} Row What the server says of a layer, or of the output.
 * @property {string} path
 * @property {string} label
 * @property {number[] | null} shape of its output, without the batch
 * @property {number | null} parameters
 * @property {number | null} flops of one sample
 * @property {number | null} memory_bytes
 * @property {number | null} share of the FLOPs
 */

/**
 * @typedef {object} Data What the server says of a data set.
 * @property {string} dataset
 * @property {"image" | "points" | "table" | "text" | "series"} kind
 * @property {number} n_train
 * @property {number} n_validation
 * @property {number} n_classes
 * @property {string[]} classes
 * @property {number[]} shape of a sample
 * @property {string} task what the network gives back
 * @property {string} data_task what the data set is made for
 * @property {string[]} metrics
 * @property {boolean} pad whether samples can be drawn
 * @property {string} photo how a photo is read; "" where none is
 * @property {string[]} targets
 * @property {Record<string, boolean>} files of the script, and whether they come with the app
 * @property {any} origin
 */

/**
 * @typedef {object} Check The server's answer about an experiment.
 * @property {Experiment | null} experiment with all defaults; null where it cannot be read
 * @property {Fault[]} faults
 * @property {Row[]} rows one a layer, in order, up to the first that cannot be traced
 * @property {{shape: number[]}} input
 * @property {Row} output
 * @property {any} totals
 * @property {Data | null} data
 * @property {Plan | null} schedule
 * @property {string} link
 * @property {string} code
 */

/** @typedef {{step: number[], lr: number[], unknown: boolean}} Plan the planned learning rate */

/**
 * @typedef {object} RunView The run that the page watches, as far as it is known by now.
 * @property {string} id
 * @property {string | null} control the right to steer it; null for a watcher
 * @property {"queued" | "running" | "paused" | "done" | "stopped" | "failed"} state
 * @property {Experiment | null} experiment
 * @property {Data | null} data
 * @property {number} step
 * @property {number} epoch
 * @property {boolean} [loaded] weights were brought to it
 * @property {boolean} [wasLeft] another experiment was opened while it was on the screen
 * @property {string} [endedOver] what stood on the screen when it ended, in canonical form
 * @property {string} [name]
 * @property {Text | string} [message] why it ended
 * @property {string} [reason]
 * @property {number} [n_epochs]
 * @property {number} [total_steps]
 * @property {number} [samples_per_s]
 * @property {number} [time_left_s]
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
 * @property {"none" | "asked" | "queued" | "running" | "paused" | "done" | "stopped" | "failed"} phase
 *   of the run; "asked": made to be asked, paused before its first step
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
 * @property {"train" | "again" | "pause" | "resume"} action what the large button does
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
 * @typedef {object} Descriptor A field of a catalogue's entry; the control is drawn from it.
 * @property {string} name
 * @property {"integer" | "number" | "choice" | "toggle" | "integers" | "layers" | "text"} control
 * @property {any} default
 * @property {Text} label
 * @property {Text} help
 * @property {Text} [unit]
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [step]
 * @property {boolean} [log] on a logarithmic scale
 * @property {boolean} [optional] may be left empty
 * @property {any[]} [choices]
 */

/**
 * @typedef {object} Entry An entry of a catalogue.
 * @property {string} id
 * @property {Text} label
 * @property {Text} help
 * @property {string} group
 * @property {string} family names its colour
 * @property {any} default
 * @property {Descriptor[]} fields
 * @property {Record<string, any>} [facts] what the page must know of it
 */

/**
 * @typedef {object} Preset
 * @property {string} id
 * @property {Text} name
 * @property {Text} group
 * @property {Text} description
 * @property {Experiment} experiment
 */

/**
 * @typedef {object} Boot What the server sends once.
 * @property {Record<string, Record<string, string>>} text words by language and key
 * @property {Record<string, any>} catalogue
 * @property {Preset[]} presets
 * @property {string} default_preset
 * @property {any} charts
 * @property {any[]} devices
 * @property {Record<string, number>} settings
 * @property {Record<string, string[]>} live_settings where an experiment has what a running network takes
 *   at once
 * @property {Record<string, string>} terms
 */

/**
 * @typedef {object} PageState Before the page opens, what is not yet there is null; no card is drawn then.
 * @property {any} boot a Boot
 * @property {string} lang
 * @property {boolean} dark
 * @property {string} tab
 * @property {{message: any, code: string} | null} notice
 * @property {any} experiment an Experiment, with what people type in it
 * @property {string | null} preset the preset that the experiment is, unedited
 * @property {any} check a Check
 * @property {Data | null} data
 * @property {any} preview
 * @property {RunView | null} run
 * @property {Sample | null} sample
 * @property {any} answer an Answer
 * @property {string | null} layer the path of the layer that is looked at
 */

export {};
