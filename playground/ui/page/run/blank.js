/** Where no network answers, since the experiment has a fault, what the last one showed is of another: it is hidden. */
import { onAny } from "../core/topics.js";
import { hasFaults } from "../experiment/check.js";
import { holdsScreen } from "./situation.js";

const showBlank = () => document.body.classList.toggle("pg-blank", !holdsScreen() && hasFaults());

onAny(["check", "run"], showBlank);
