-- one person: a number for iMessage and for SMS, the same without its country, a mail
-- address that the system knows to be theirs; a second chat with a message of the first
INSERT INTO handle (ROWID, id, service, person_centric_id) VALUES
  (1, '+491701234567', 'iMessage', 'P1'), (2, '+491701234567', 'SMS', NULL),
  (3, '01701234567', 'SMS', ''), (4, 'ana@example.org', 'iMessage', 'P1'),
  (5, '+491707777777', 'iMessage', 'P2');
INSERT INTO chat (ROWID, chat_identifier, style) VALUES
  (1, '+491701234567', 45), (2, '+491701234567', 45), (3, '01701234567', 45),
  (4, 'ana@example.org', 45), (5, 'chat123', 43), (6, '+491701234567', 45);
INSERT INTO chat_handle_join VALUES (1, 1), (2, 2), (3, 3), (4, 4), (5, 1), (5, 5), (4, 1);
INSERT INTO message (ROWID, handle_id, is_from_me, date, text) VALUES
  (1, 1, 0, 736624869000000000, 'a'), (2, 0, 1, 736624874000000000, 'f'), (3, 2, 0, 736624870000000000, 'b'),
  (4, 3, 0, 736624873000000000, 'e'), (5, 0, 1, 736624871000000000, 'c'), (6, 4, 0, 736624872000000000, 'd'),
  (7, 1, 0, 736624875000000000, 'to the group'), (8, 1, 0, 736624876000000000, 'g');
INSERT INTO chat_message_join (chat_id, message_id) VALUES
  (1, 1), (1, 2), (2, 3), (2, 2), (3, 4), (4, 5), (4, 6), (5, 7), (6, 8);
