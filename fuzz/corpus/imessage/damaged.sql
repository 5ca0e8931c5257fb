-- two persons, texts in the column of texts, nanoseconds
INSERT INTO handle (ROWID, id) VALUES (1, '+491701234567');
INSERT INTO chat (ROWID, chat_identifier) VALUES (1, '+491701234567');
INSERT INTO chat_handle_join VALUES (1, 1);
INSERT INTO message (handle_id, is_from_me, date, text) VALUES
  (1, 0, 736624869000000000, 'hello you'),
  (0, 1, 736624899999999999, 'caf' || char(233) || ' 😂'),
  (1, 0, 736624929000000000, 'two' || char(10) || 'lines'),
  (0, 1, 736624959000000000, 'it''s "quoted"');
INSERT INTO chat_message_join (chat_id, message_id) SELECT 1, ROWID FROM message;
--~ 1E3 2
--~ 209 FF
