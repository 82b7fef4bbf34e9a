"""Om tallene: definitions, method, protection, known figures, events and sources."""

import session
from panels import about, beside, known_figures

view = session.view()
about.title(view.words)
about.definitions(view.words)
about.method(view)
about.protection(view)
about.events(view)
known_figures.show(view.words)
beside.show(view.words)
about.law(view.words)
about.sources(view.words)
