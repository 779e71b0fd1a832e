// The pages work without any of this; it only makes them nicer.
govuk.initAll();
moj.initAll();

// A run at work says how far it is; the page comes again when something else is to be done.
const progress = document.querySelector('[data-progress]');
if (progress) {
  const events = new EventSource(progress.dataset.progress);
  events.addEventListener('progress', ({ data }) => {
    const { text, done, of } = JSON.parse(data);
    progress.querySelector('[role=status]').textContent = text;
    const bar = progress.querySelector('progress');
    if (bar && of) Object.assign(bar, { value: done, max: of });
  });
  events.addEventListener('done', () => {
    events.close();
    location.reload();
  });
}
