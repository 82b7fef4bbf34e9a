"""Om tallene: definitions, method, protection, published figures elsewhere, events and sources."""

import session
from panels import about

view = session.view()
about.title(view.words)
about.definitions(view.words)
about.method(view)
about.protection(view)
about.events(view)
about.published(view.words)
about.law(view.words)
about.sources(view.words)
