/** The camera of the device: opened into a video element, and one picture of it. */

const WISH = { video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false };
const NO_PERMISSION = ["NotAllowedError", "SecurityError"];

/**
 * Which words say why the camera did not open.
 * @param {any} error of getUserMedia
 * @returns {string} a key
 */
export function cameraTrouble(error) {
  if (NO_PERMISSION.includes(error?.name)) return "photo.camera.denied";
  return error?.name === "NotReadableError" ? "photo.camera.busy" : "photo.camera.none";
}

/** Whether a browser lets this page ask for the camera: only over https, or on the same computer. */
export const isCameraAllowed = () => Boolean(navigator.mediaDevices?.getUserMedia);

/**
 * @param {HTMLVideoElement} video shows what the camera sees
 * @returns {Promise<MediaStream>}
 */
export async function openCamera(video) {
  const stream = await navigator.mediaDevices.getUserMedia(WISH);
  video.srcObject = stream;
  return stream;
}

/** @param {MediaStream} stream */
export function closeCamera(stream) {
  for (const track of stream.getTracks()) track.stop();
}

/**
 * What the video shows now, as a JPEG.
 * @param {HTMLVideoElement} video
 */
export function takePicture(video) {
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.drawImage(video, 0, 0);
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.95 });
}
