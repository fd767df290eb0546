-- Numbers of every kind of owner stand here now; who they belong to is told by name.
ALTER TABLE extension_numbers ADD COLUMN label TEXT NOT NULL DEFAULT '';
UPDATE extension_numbers SET owner_kind = 'EXTENSION', label = coalesce((SELECT display_name FROM users WHERE id = owner_id), '')
WHERE owner_kind = 'USER';
