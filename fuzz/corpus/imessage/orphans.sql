-- rows that lost their chat: the partner's, another's, a group's, one deleted lately; a
-- chat of which the message is not known
INSERT INTO handle (ROWID, id) VALUES (1, '+491701234567');
INSERT INTO chat (ROWID, chat_identifier) VALUES (1, '+491701234567');
INSERT INTO chat_handle_join VALUES (1, 1);
INSERT INTO handle (ROWID, id) VALUES (2, '+491707777777');
INSERT INTO message (ROWID, handle_id, is_from_me, date, text, cache_roomnames) VALUES
  (1, 1, 0, 736624869000000000, 'a', NULL), (2, 0, 1, 736624870000000000, 'b', NULL), (3, 1, 0, 736624871000000000, 'orphan', NULL),
  (4, 1, 1, 736624872000000000, 'to an orphan', NULL), (5, 2, 0, 736624873000000000, 'a stranger', NULL),
  (6, 1, 0, 736624874000000000, 'to a group', 'chat123'), (7, 0, 1, 736624875000000000, 'to whom', NULL),
  (8, 1, 0, 736624876000000000, 'deleted', NULL);
CREATE TABLE chat_recoverable_message_join (chat_id INTEGER, message_id INTEGER, delete_date INTEGER);
INSERT INTO chat_recoverable_message_join VALUES (1, 8, 0), (1, NULL, 0);
INSERT INTO chat_message_join (chat_id, message_id) VALUES (1, 1), (1, 2), (1, NULL);
