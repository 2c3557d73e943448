/** The device that the next run will train on. */
import { local } from "../core/storage.js";

let device = local.get("device") ?? "cpu";

export const chosenDevice = () => device;

/** @param {string} id */
export function chooseDevice(id) {
  device = id;
  local.set("device", id);
}
