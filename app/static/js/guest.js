// Says which zone the times are in, to somebody whose own clock shows another time.
function offset(zone, at) {
  const wall = new Date(at.toLocaleString("en-US", { timeZone: zone }));
  const here = new Date(at.toLocaleString("en-US"));
  return wall - here;
}

for (const note of document.querySelectorAll("[data-zone]")) {
  try {
    if (offset(note.dataset.zone, new Date())) note.hidden = false;
  } catch {
    // An old engine that does not know the zone: the note stays as the server left it.
  }
}
