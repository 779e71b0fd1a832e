// The pages work without any of this; it only makes them nicer.
govuk.initAll();
moj.initAll();
