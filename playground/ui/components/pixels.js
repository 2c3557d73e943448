/* Bytes to pictures: decoding of the server's arrays, the colour scales, the colours of classes. */
(() => {
  const pg = window.pg;

  /* A base64 text, or {b64, dtype: "uint8" | "float32"} -> typed array. */
  function decode(array) {
    const text = typeof array === "string" ? array : array.b64;
    const binary = atob(text), bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
    return array.dtype === "float32" ? new Float32Array(bytes.buffer) : bytes;
  }
  function encode(bytes) {
    let binary = "";
    for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
    return btoa(binary);
  }

  /* 256 colours between the given stops, four bytes each. */
  function scale(stops) {
    const table = new Uint8ClampedArray(256 * 4);
    for (let i = 0; i < 256; i += 1) {
      const at = (i / 255) * (stops.length - 1), low = Math.min(stops.length - 2, Math.floor(at)), part = at - low;
      for (let k = 0; k < 3; k += 1) table[4 * i + k] = stops[low][k] + (stops[low + 1][k] - stops[low][k]) * part;
      table[4 * i + 3] = 255;
    }
    return table;
  }
  const grey = scale([[0, 0, 0], [255, 255, 255]]);
  const viridis = scale([[68, 1, 84], [72, 40, 120], [62, 74, 137], [49, 104, 142], [38, 130, 142], [31, 158, 137],
    [53, 183, 121], [109, 205, 89], [180, 222, 44], [253, 231, 37]]);
  /* Negative orange, positive blue; zero is the colour of the card. */
  const diverging = {
    light: scale([[179, 84, 8], [240, 160, 92], [250, 250, 250], [110, 160, 235], [30, 79, 176]]),
    dark: scale([[255, 190, 130], [200, 112, 40], [30, 36, 46], [62, 110, 205], [150, 190, 255]]),
  };

  function draw(canvas, bytes, height, width, table) {
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const context = canvas.getContext("2d"), image = context.createImageData(width, height);
    for (let i = 0; i < height * width; i += 1) {
      const at = 4 * bytes[i];
      image.data[4 * i] = table[at];
      image.data[4 * i + 1] = table[at + 1];
      image.data[4 * i + 2] = table[at + 2];
      image.data[4 * i + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }
  const drawGrey = (canvas, bytes, height, width) => draw(canvas, bytes, height, width, grey);
  /* A picture of `channels` bytes a pixel: grey, or red, green and blue. */
  function drawPicture(canvas, bytes, height, width, channels = 1) {
    if (channels !== 3) { drawGrey(canvas, bytes, height, width); return; }
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const context = canvas.getContext("2d"), image = context.createImageData(width, height);
    for (let i = 0; i < height * width; i += 1) {
      for (let k = 0; k < 3; k += 1) image.data[4 * i + k] = bytes[3 * i + k];
      image.data[4 * i + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }
  /* Channels one after the other -> pixel by pixel. */
  function interleaved(bytes, channels) {
    const n = bytes.length / channels;
    return channels === 1 ? bytes : Uint8Array.from(bytes, (_, i) => bytes[(i % channels) * n + Math.floor(i / channels)]);
  }
  const drawViridis = (canvas, bytes, height, width) => draw(canvas, bytes, height, width, viridis);
  /* uint8 with zero at 128, or numbers between -limit and limit. */
  function drawDiverging(canvas, values, height, width, limit = 1) {
    const bytes = values instanceof Uint8Array ? values : Uint8Array.from(values, (v) => 128 + Math.round((127 * v) / (limit || 1)));
    draw(canvas, bytes, height, width, pg.state.dark ? diverging.dark : diverging.light);
  }

  /* Distinct for every kind of colour vision, and none of the colours that mean train, validation or learning rate. */
  const classColors = ["#7b3fe4", "#e0ac12", "#0f9d94", "#d6336c", "#6b7890", "#8a5a2b", "#a3c644", "#d58bd0", "#2b2f8f", "#c9c2b8"];
  const classColor = (index) => classColors[index % classColors.length];
  /* The path of a class's mark: circle, square, triangle, diamond, so that form tells what colour tells. */
  function mark(context, index, x, y, r) {
    context.beginPath();
    if (index % 4 === 0) context.arc(x, y, r, 0, 2 * Math.PI);
    else if (index % 4 === 1) context.rect(x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r);
    else {
      const corners = index % 4 === 2 ? [[0, -1.25], [1.15, 0.85], [-1.15, 0.85]] : [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]];
      for (const [dx, dy] of corners) context.lineTo(x + dx * r, y + dy * r);
      context.closePath();
    }
  }

  Object.assign(pg, { decode, encode, drawGrey, drawPicture, interleaved, drawViridis, drawDiverging, scales: { grey, viridis, diverging }, classColors, classColor, mark });
})();
