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
 * @property {Text | string} label
 * @property {Layer[]} [layers]
 * @property {Record<string, any>} [training]
 * @property {Record<string, any>} [data]
 * @property {string} [download] what is to be fetched, as the server calls it
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

/** @typedef {string | Text} Name of a class or target; what a person named is a string */

/**
 * @typedef {object} Data What the server says of a data set.
 * @property {string} dataset
 * @property {"image" | "points" | "table" | "text" | "series"} kind
 * @property {number} n_train
 * @property {number} n_validation
 * @property {number} n_classes
 * @property {Name[]} classes
 * @property {number[]} shape of a sample
 * @property {string} task what the network gives back
 * @property {string} data_task what the data set is made for
 * @property {string[]} metrics
 * @property {boolean} pad whether samples can be drawn
 * @property {string} photo how a photo is read; "" where none is
 * @property {Name[]} targets
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

/** @typedef {"integer" | "number" | "choice" | "toggle" | "integers" | "layers"} UsualKind of a control */
/** @typedef {UsualKind | "text" | "json" | "entry"} Kind of a control; the last three in labs alone */

/**
 * @typedef {object} Descriptor A field of a catalogue's entry; the control is drawn from it.
 * @property {string} name
 * @property {Kind} control
 * @property {any} default
 * @property {Text} label
 * @property {Text} help
 * @property {Text} [unit]
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [step]
 * @property {boolean} [log] on a logarithmic scale
 * @property {boolean} [optional] may be left empty
 * @property {Record<string, any[]> | null} [shown_when] it matters while other fields have such values
 * @property {any[]} [choices]
 * @property {string} [catalogue] of a lab's field: the kind of entries that it chooses from
 * @property {string[]} [resets] of a lab's field: those that go back to their defaults with another choice
 * @property {string} [options_of] of a lab's field: the one whose choice has these options
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
 * @property {boolean} [mean_of_samples] of a loss: false where it compares the samples of a batch
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
 * @property {Record<string, string>} labs what on the page leads to which lab
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
 * @property {any} understood an Understood, of the file on the screen
 * @property {RunView | null} run
 * @property {Sample | null} sample
 * @property {any} answer an Answer
 * @property {string | null} layer the path of the layer that is looked at
 */

/** @typedef {import("./run/types.js").Plan} Plan */
/** @typedef {import("./run/types.js").RunView} RunView */
/** @typedef {import("./run/types.js").Checked} Checked */
/** @typedef {import("./run/types.js").Situation} Situation */
/** @typedef {import("./run/types.js").RunHistory} RunHistory */
/** @typedef {import("./run/types.js").Sample} Sample */
/** @typedef {import("./run/types.js").Answer} Answer */

export {};
