/** A picture by the camera: a button opens it, then the picture is taken, or the camera is stopped. */
import { h } from "../../core/dom.js";
import { cameraTrouble, closeCamera, isCameraAllowed, openCamera, takePicture } from "./camera.js";

export class Webcam {
  /**
   * @param {(words: string, isTrouble: boolean) => void} say tells a key of words
   * @param {(picture: Blob) => void} done
   */
  constructor(say, done) {
    this.say = say;
    this.done = done;
    this.video = h("video", { autoplay: true, playsinline: true, "data-t-label": "photo.camera" });
    this.video.muted = true; // the attribute alone does not mute a video that a script makes
    this.opener = this.button("photo.camera.open", () => this.open());
    this.shutter = this.button("photo.camera.take", () => this.take());
    this.shutter.classList.add("primary");
    const stopper = this.button("photo.camera.stop", () => this.stop());
    const buttons = h("div", { class: "photo-buttons" }, this.shutter, stopper);
    this.view = h("div", { class: "photo-camera", hidden: true }, this.video, buttons);
    /** @type {MediaStream | null} */
    this.stream = null;
    this.openings = 0;
    this.video.addEventListener("loadeddata", () => {
      this.shutter.disabled = false;
      this.shutter.focus();
    });
  }

  /**
   * @param {string} words a key
   * @param {() => void} fn
   */
  button(words, fn) {
    return h("button", { type: "button", "data-t": words, onclick: fn });
  }

  async open() {
    if (!isCameraAllowed()) {
      this.say("photo.camera.insecure", true);
      return;
    }
    this.openings += 1;
    const mine = this.openings;
    this.opener.disabled = true;
    this.say("photo.camera.asking", false);
    try {
      const stream = await openCamera(this.video);
      if (mine === this.openings) this.show(stream);
      else this.close(stream); // somebody left meanwhile
    } catch (error) {
      if (mine === this.openings) this.say(cameraTrouble(error), true);
    }
    this.opener.disabled = false;
  }

  /** @param {MediaStream} stream */
  show(stream) {
    this.stream = stream;
    this.view.hidden = false;
    this.opener.hidden = true;
    this.shutter.disabled = true; // until there is a picture
    this.say("", false);
  }

  stop() {
    this.openings += 1;
    if (!this.stream) return;
    this.close(this.stream);
    this.stream = null;
    this.view.hidden = true;
    this.opener.hidden = false;
  }

  /** @param {MediaStream} stream */
  close(stream) {
    closeCamera(stream);
    this.video.srcObject = null;
  }

  async take() {
    const picture = await takePicture(this.video);
    this.stop();
    this.opener.focus();
    this.done(picture);
  }
}
