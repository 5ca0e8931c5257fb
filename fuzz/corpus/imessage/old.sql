-- an old phone: seconds, and few columns
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT);
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, style INTEGER, chat_identifier TEXT);
CREATE TABLE message (ROWID INTEGER PRIMARY KEY, text TEXT, handle_id INTEGER, date INTEGER, is_from_me INTEGER);
CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);
INSERT INTO handle VALUES (3, 'ana@example.org');
INSERT INTO chat VALUES (5, 45, 'ana@example.org');
INSERT INTO chat_handle_join VALUES (5, 3);
INSERT INTO message VALUES (7, 'one', 3, 736624869, 0), (9, 'two', 3, 736624869, 1), (11, 'three', 3, 736624870, 0);
INSERT INTO chat_message_join VALUES (5, 7), (5, 9), (5, 11);
