/** A picture by the camera: a button opens it, then the picture is taken, or the camera is stopped. */
import { h } from "../../core/dom.js";
import { cameraTrouble, closeCamera, isCameraAllowed, openCamera, takePicture } from "./camera.js";

/**
 * @param {(words: string, isTrouble: boolean) => void} say tells a key of words
 * @param {(picture: Blob) => void} done
 */
export function webcam(say, done) {
  const video = h("video", {
    autoplay: true,
    muted: true,
    playsinline: true,
    "data-t-label": "photo.camera",
  });
  video.muted = true; // the attribute alone does not mute a video that a script makes
  const opener = h("button", { type: "button", "data-t": "photo.camera.open", onclick: open });
  const shutter = h("button", {
    type: "button",
    class: "primary",
    "data-t": "photo.camera.take",
    onclick: take,
  });
  const stopper = h("button", { type: "button", "data-t": "photo.camera.stop", onclick: stop });
  const buttons = h("div", { class: "photo-buttons" }, shutter, stopper);
  const view = h("div", { class: "photo-camera", hidden: true }, video, buttons);
  /** @type {MediaStream | null} */
  let stream = null;
  let opening = 0;

  async function open() {
    if (!isCameraAllowed()) {
      say("photo.camera.insecure", true);
      return;
    }
    opening += 1;
    const mine = opening;
    opener.disabled = true;
    say("photo.camera.asking", false);
    try {
      const opened = await openCamera(video);
      if (mine !== opening) {
        closeCamera(opened); // somebody left meanwhile
        return;
      }
      stream = opened;
      view.hidden = false;
      opener.hidden = true;
      shutter.disabled = true;
      shutter.focus();
      say("", false);
    } catch (error) {
      if (mine === opening) say(cameraTrouble(error), true);
    } finally {
      opener.disabled = false;
    }
  }
  function stop() {
    opening += 1;
    if (!stream) return;
    closeCamera(stream);
    stream = null;
    video.srcObject = null;
    view.hidden = true;
    opener.hidden = false;
  }
  async function take() {
    const picture = await takePicture(video);
    stop();
    opener.focus();
    done(picture);
  }
  video.addEventListener("loadeddata", () => {
    shutter.disabled = false;
    shutter.focus();
  });
  return { opener, view, stop };
}
