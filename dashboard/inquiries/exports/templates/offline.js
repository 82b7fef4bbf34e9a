// Draws each chart where it belongs, and anew when its place has another width.
const charts = JSON.parse(document.getElementById("charts").textContent);
for (const [place, chart] of Object.entries(charts)) {
  const options = { actions: false, renderer: "svg", ast: true, mode: "vega-lite" };
  vegaEmbed(document.getElementById(place), chart, options);
}
const widths = new ResizeObserver(() => dispatchEvent(new Event("resize")));
for (const place of document.querySelectorAll(".chart")) widths.observe(place.parentElement);
