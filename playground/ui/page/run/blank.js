/**
 * Where no network answers, since the experiment has a fault, what the last one showed is of another: it
 * is hidden.
 */
import { onAny } from "../core/topics.js";
import { currentSituation } from "./shown.js";

const showBlank = () => document.body.classList.toggle("pg-blank", currentSituation().isBlank);

onAny(["check", "run"], showBlank);
