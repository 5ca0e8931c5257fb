-- pictures with and without words, spoken messages, links, apps, answers
INSERT INTO handle (ROWID, id) VALUES (1, '+491701234567');
INSERT INTO chat (ROWID, chat_identifier) VALUES (1, '+491701234567');
INSERT INTO chat_handle_join VALUES (1, 1);
INSERT INTO message (handle_id, is_from_me, date, text, cache_has_attachments, is_audio_message, balloon_bundle_id, thread_originator_guid) VALUES
  (1, 0, 736624869000000000, char(65532), 1, 0, NULL, NULL),
  (0, 1, 736624870000000000, char(65532) || 'at the ' || char(65532) || 'sea', 1, 0, NULL, NULL),
  (1, 0, 736624871000000000, char(65532), 1, 1, NULL, NULL),
  (1, 0, 736624872000000000, 'https://example.org/', 0, 0, 'com.apple.messages.URLBalloonProvider', NULL),
  (0, 1, 736624873000000000, char(65532), 0, 0, 'com.apple.messages.MSMessageExtensionBalloonPlugin:0:x', NULL),
  (0, 1, 736624874000000000, 'yes', 0, 0, NULL, 'GUID'),
  (1, 0, 736624875000000000, char(65529) || char(65532) || char(65533), 0, 0, '', NULL);
INSERT INTO chat_message_join (chat_id, message_id) SELECT 1, ROWID FROM message;
