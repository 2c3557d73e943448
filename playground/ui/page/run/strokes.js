/** How the strokes of a drawing look. */

/** @typedef {{width: number, points: [number, number][]}} Stroke everything as a share of the pad's side */

/**
 * Draws the strokes, white, on a square of this size.
 * @param {Stroke[]} strokes
 * @param {any} context
 * @param {number} size
 */
export function paint(strokes, context, size) {
  context.lineCap = "round";
  context.lineJoin = "round";
  context.strokeStyle = "#fff";
  context.fillStyle = "#fff";
  for (const stroke of strokes) {
    context.lineWidth = stroke.width * size;
    context.beginPath();
    if (stroke.points.length === 1) paintDot(context, stroke, size);
    else paintCurve(context, stroke.points, size);
  }
}

/**
 * @param {any} context
 * @param {Stroke} stroke
 * @param {number} size
 */
function paintDot(context, { width, points }, size) {
  const [[x, y]] = points;
  context.arc(x * size, y * size, (width * size) / 2, 0, 2 * Math.PI);
  context.fill();
}

/**
 * A smooth curve: each point bends it, halfway between two points it passes.
 * @param {any} context
 * @param {[number, number][]} points
 * @param {number} size
 */
function paintCurve(context, points, size) {
  context.moveTo(points[0][0] * size, points[0][1] * size);
  for (let i = 1; i < points.length - 1; i += 1) {
    const [x, y] = points[i];
    const [nextX, nextY] = points[i + 1];
    context.quadraticCurveTo(x * size, y * size, ((x + nextX) / 2) * size, ((y + nextY) / 2) * size);
  }
  const last = points[points.length - 1];
  context.lineTo(last[0] * size, last[1] * size);
  context.stroke();
}
