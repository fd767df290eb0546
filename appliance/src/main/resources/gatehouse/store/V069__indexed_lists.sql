-- The other lists that grow: what each is filtered by, in the order in which it is listed; small fields together, where one index answers for all.

CREATE INDEX audit_by_source ON audit (source, created_at);
CREATE INDEX audit_by_ip ON audit (ip, created_at);
CREATE INDEX audit_by_action ON audit (action, created_at);
CREATE INDEX audit_by_object_type ON audit (object_type, created_at);
CREATE INDEX audit_by_object_name ON audit (object_name, created_at);
CREATE INDEX audit_by_user_name ON audit (user_name, created_at);
-- To search, SQLite reads this rather than the states around it.
CREATE INDEX audit_texts ON audit (created_at, source, ip, action, object_type, user_name, object_name);

CREATE INDEX event_logs_by_source ON event_logs (source, created_at);

CREATE INDEX users_by_age ON users (created_at);

CREATE INDEX contacts_texts ON contacts (
  owner, id, json_extract(document, '$.name'), json_extract(document, '$.email'), json_extract(document, '$.company'),
  json_extract(document, '$.title'), json_extract(document, '$.business'), json_extract(document, '$.business2'),
  json_extract(document, '$.mobile_phone'), json_extract(document, '$.mobile_phone2'), json_extract(document, '$.home_phone'),
  json_extract(document, '$.home_phone2'), json_extract(document, '$.other'), json_extract(document, '$.business_fax'),
  json_extract(document, '$.home_fax'), json_extract(document, '$.address'), json_extract(document, '$.notes')
);
CREATE INDEX personal_contacts_texts ON personal_contacts (
  owner, id, json_extract(document, '$.name'), json_extract(document, '$.email'), json_extract(document, '$.company'),
  json_extract(document, '$.title'), json_extract(document, '$.business'), json_extract(document, '$.business2'),
  json_extract(document, '$.mobile_phone'), json_extract(document, '$.mobile_phone2'), json_extract(document, '$.home_phone'),
  json_extract(document, '$.home_phone2'), json_extract(document, '$.other'), json_extract(document, '$.business_fax'),
  json_extract(document, '$.home_fax'), json_extract(document, '$.address'), json_extract(document, '$.notes'),
  json_extract(document, '$.favorite')
);

CREATE INDEX external_messages_by_sender ON external_messages (sender, created_at);
CREATE INDEX external_messages_by_receiver ON external_messages (receiver, created_at);
CREATE INDEX external_messages_fields ON external_messages (
  created_at, id, config_id, sender, sender_name, receiver, channel_name, channel_number, brand, msg_type, direction, delivery, provider_msg_id
);

CREATE INDEX recordings_by_end ON recordings (ended_at, started_at);
DROP INDEX recordings_by_time;
CREATE INDEX recordings_by_time ON recordings (started_at, id, caller, callee);
