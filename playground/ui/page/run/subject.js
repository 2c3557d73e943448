/** What the catalogues say of what is shown. */
import { factsOf, someLayer } from "../experiment/catalogue.js";
import { currentSituation, shownData } from "./shown.js";

/**
 * How the network's answer is drawn: "classes", "value", "labels", "image", …
 * @returns {string}
 */
export const answerKind = () => factsOf("task", shownData()?.task ?? "").answer ?? "classes";

/**
 * Whether a layer of the network that answers has the fact: of the run's where there is one, else of
 * those on the screen.
 * @param {string} fact
 */
export const hasLayer = (fact) => someLayer(currentSituation().subject.layers, fact);
