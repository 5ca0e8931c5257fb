-- a chat of which only the taking back of a reaction is left
INSERT INTO handle (ROWID, id) VALUES (1, '+491701234567');
INSERT INTO chat (ROWID, chat_identifier) VALUES (1, '+491701234567');
INSERT INTO chat_handle_join VALUES (1, 1);
INSERT INTO message (handle_id, is_from_me, date, associated_message_type) VALUES
  (1, 0, 736624869000000000, 3000);
INSERT INTO chat_message_join (chat_id, message_id) SELECT 1, ROWID FROM message;
