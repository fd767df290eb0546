-- What a phone says of itself beside its User-Agent when it registers, so that one of several is told apart.
ALTER TABLE bindings ADD COLUMN mac TEXT NOT NULL DEFAULT '';
