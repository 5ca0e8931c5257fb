-- tapbacks of each kind, taken back, an emoji, a sticker
INSERT INTO handle (ROWID, id) VALUES (1, '+491701234567');
INSERT INTO chat (ROWID, chat_identifier) VALUES (1, '+491701234567');
INSERT INTO chat_handle_join VALUES (1, 1);
INSERT INTO message (handle_id, is_from_me, date, text, associated_message_guid, associated_message_type) VALUES
  (1, 0, 736624869000000000, 'look', NULL, 0),
  (0, 1, 736624870000000000, 'Loved “look”', 'p:0/A', 2000),
  (0, 1, 736624871000000000, 'Removed a heart from “look”', 'p:0/A', 3000),
  (1, 0, 736624872000000000, 'Laughed at “look”', 'bp:A', 2003),
  (1, 0, 736624873000000000, 'Reacted 🥳 to “look”', 'p:0/A', 2006),
  (1, 0, 736624874000000000, 'Removed', 'p:0/A', 3006),
  (1, 0, 736624875000000000, char(65532), 'p:0/A', 1000),
  (1, 0, 736624876000000000, 'a move in a game', 'A', 3);
INSERT INTO chat_message_join (chat_id, message_id) SELECT 1, ROWID FROM message;
