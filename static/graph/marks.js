// How a node is drawn by WebGL: a circle, a square, a diamond or a house, with a rim, as in the drawing by the server.
"use strict";

(() => {
  const FLOAT = WebGLRenderingContext.FLOAT;
  const BYTE = WebGLRenderingContext.UNSIGNED_BYTE;
  const UNIFORMS = ["u_sizeRatio", "u_pixelRatio", "u_matrix"];
  const SHAPES = { A: 0, W: 1, T: 2, I: 3 };

  const REACH = "#define REACH 1.3 // how far the corners of a mark lie, in radii\n";
  const VERTEX = `${REACH}
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec4 a_rim;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_pixelRatio;
varying vec4 v_color;
varying vec4 v_rim;
varying float v_shape;
varying float v_edge;
const float bias = 255.0 / 254.0;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  // One point a node: software draws instances of a triangle one by one, which took 300 ms for 10,000.
  gl_PointSize = a_size / u_sizeRatio * u_pixelRatio * 2.0 * REACH;
  v_shape = a_shape;
  v_edge = 0.5 * u_sizeRatio / a_size;
  #ifdef PICKING_MODE
  v_color = a_id;
  v_rim = a_id;
  #else
  v_color = a_color;
  v_rim = a_rim;
  #endif
  v_color.a *= bias;
  v_rim.a *= bias;
}`;

  const FRAGMENT = `${REACH}
precision mediump float;
varying vec4 v_color;
varying vec4 v_rim;
varying float v_shape;
varying float v_edge;
float away() {
  vec2 p = (gl_PointCoord * 2.0 - 1.0) * vec2(REACH, -REACH);
  if (v_shape < 0.5) return length(p) - 1.0;
  if (v_shape < 1.5) { vec2 d = abs(p) - vec2(0.86); return max(d.x, d.y); }
  if (v_shape < 2.5) return (abs(p.x) + abs(p.y) - 1.2) * 0.707;
  float roof = (abs(p.x) * 0.95 + p.y * 1.05 - 1.2) * 0.706;
  float wall = abs(p.x) * 0.98 - p.y * 0.2 - 0.97;
  return max(max(roof, wall), -p.y - 0.95);
}
void main() {
  float d = away();
  #ifdef PICKING_MODE
  if (d > 0.0) discard;
  gl_FragColor = v_color;
  #else
  float outside = smoothstep(-v_edge, v_edge, d);
  float wide = min(v_edge * 2.2, 0.3); // a small mark keeps a middle
  float rim = smoothstep(-wide * 1.3, -wide * 0.7, d);
  vec4 color = mix(v_color, v_rim, rim);
  gl_FragColor = mix(color, vec4(0.0), outside);
  #endif
}`;

  class MarkProgram extends window.Sigma.rendering.NodeProgram {
    getDefinition() {
      return {
        VERTICES: 1,
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        METHOD: WebGLRenderingContext.POINTS,
        UNIFORMS,
        ATTRIBUTES: [
          { name: "a_position", size: 2, type: FLOAT },
          { name: "a_size", size: 1, type: FLOAT },
          { name: "a_shape", size: 1, type: FLOAT },
          { name: "a_color", size: 4, type: BYTE, normalized: true },
          { name: "a_rim", size: 4, type: BYTE, normalized: true },
          { name: "a_id", size: 4, type: BYTE, normalized: true },
        ],
      };
    }

    processVisibleItem(id, start, data) {
      const floats = this.array;
      const color = window.Sigma.utils.floatColor;
      let at = start;
      floats[at++] = data.x;
      floats[at++] = data.y;
      floats[at++] = data.size;
      floats[at++] = SHAPES[data.kind] || 0;
      floats[at++] = color(data.color);
      floats[at++] = color(data.rim || data.color);
      floats[at++] = id;
    }

    setUniforms(params, { gl, uniformLocations }) {
      gl.uniform1f(uniformLocations.u_pixelRatio, params.pixelRatio);
      gl.uniform1f(uniformLocations.u_sizeRatio, params.sizeRatio);
      gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
    }
  }

  window.colophonMarks = { MarkProgram };
})();
