/* SPDX-License-Identifier: MIT
 *
 * The formats ebb reads, in words for the person who has to get a file out of an app.
 * Menus are named as the apps call them in English; they move now and then.
 *
 * Invariant: the order is that of ebb_event_t.origin and is only ever added to at the
 * end.
 */
#include "ebb/messages.h"

static const ebb_format_info_t format_table[] = {
    {
        .name = "whatsapp",
        .title = "WhatsApp",
        .reads = "the text of one chat, exported by the app on a phone, in the "
                 "language of that phone: _chat.txt, \"WhatsApp Chat with ....txt\", "
                 "or the zip that holds it; media in the zip are not opened",
        .get_it =
            "iPhone: open the chat and tap the name at the top\n"
            "iPhone: scroll down, tap Export Chat, then Without Media\n"
            "iPhone: choose Save to Files and move the zip to this computer\n"
            "Android: open the chat, tap the three dots, More, Export chat\n"
            "Android: choose Without media and save or send the file to yourself\n"
            "Prefer a cable or a shared folder to e-mail: the file holds every "
            "word\n"
            "Tell ebb the phone's time zone (--tz Europe/Berlin): the file does "
            "not",
        .leaves_out =
            "the time zone, reactions, which message a reply answers, when a message "
            "was read, what disappeared or was seen once; on Android the seconds. Long "
            "chats are cut by the app, the oldest messages first. Computers and "
            "WhatsApp Web cannot export a chat.",
    },
    {
        .name = "telegram",
        .title = "Telegram",
        .reads = "result.json, of one chat or of the whole account, as Telegram "
                 "Desktop writes it; its HTML form is not read",
        .get_it = "Install Telegram Desktop from desktop.telegram.org (on a Mac, the "
                  "App Store's \"Telegram\" cannot export, \"Telegram Lite\" can)\n"
                  "Open the chat, then the three dots at the top right, Export chat "
                  "history\n"
                  "Untick photos, videos and all other media: ebb does not look at "
                  "them\n"
                  "At Format choose Machine-readable JSON, then Export\n"
                  "Give ebb the folder ChatExport_... it made, or result.json\n"
                  "For the whole account: Settings, Advanced, Export Telegram data; a "
                  "newly added device may have to wait a day; choose the chat with "
                  "--partner NAME",
        .leaves_out = "secret chats, messages deleted for both, when a message was "
                      "read, and, in exports by older versions, reactions and the time "
                      "zone. Phones and Telegram Web cannot export.",
    },
    {
        .name = "csv",
        .title = "CSV",
        .reads =
            "a table with a first line that names its columns, in any order: time and "
            "person, and if you have them kind, characters, words, flags, text, "
            "source; and what `ebb events` writes",
        .get_it =
            "First line, for example: time,person,words\n"
            "time (also timestamp, datetime, or two columns date and time): "
            "2024-03-31T14:05:09, with Z or +02:00 behind it if known, or Unix "
            "time in seconds or milliseconds\n"
            "person (also sender, from, author, speaker, participant, name): any two "
            "names\n"
            "couple (also dyad, couple_id, dyad_id), where the table has it: one and "
            "the "
            "same in all rows; give ebb a file for each couple\n"
            "kind (also type): text, media, voice, call, missed_call, reaction, "
            "deleted, system, other; text if left out\n"
            "text (also message, body, content) is counted and not kept; with "
            "characters or words given it is not needed\n"
            "Separate by comma, semicolon or tab; put a field that holds the "
            "separator, a quote or a line break into \"quotes\" and double "
            "quotes inside it; write UTF-8",
        .leaves_out = "whatever the table has no column for; times without Z or an "
                      "offset are wall clocks, so name their zone (--tz)",
    },
    {
        .name = "jsonl",
        .title = "JSON lines",
        .reads = "one object a line with the same names as the CSV columns, and the "
                 "JSON document that `ebb events` writes",
        .get_it =
            "One line a message, for example: "
            "{\"time\":\"2024-03-31T14:05:09+02:00\",\"person\":\"Ana\","
            "\"words\":7}\n"
            "Names and values are those of the CSV; numbers may be numbers, flags "
            "may be a list of words",
        .leaves_out = "what the objects do not hold, as with CSV",
    },
    {
        .name = "messenger",
        .title = "Messenger",
        .reads = "message_1.json, message_2.json, ... of one chat, the folder they lie "
                 "in, or the whole download as a folder or a zip, in its older and "
                 "newer form; and the other download, that of end-to-end encrypted "
                 "chats. The HTML form is not read",
        .get_it =
            "On facebook.com or in the app open Settings, then Accounts Centre, Your "
            "information and permissions, Export (or Download) your information\n"
            "Choose the Facebook profile, to this device, and of the information only "
            "Messages\n"
            "Date range: all time. Format: JSON. Media quality: lower; ebb does not "
            "look at media\n"
            "Wait for the notice (hours, sometimes days), download the zip and give it "
            "to ebb; where it comes in several parts, unpack them all into one folder "
            "and give ebb the folder\n"
            "Chats are end-to-end encrypted since 2023 or 2024, and what was written "
            "from then on is not in that download: on messenger.com open Settings, "
            "Privacy and safety, End-to-end encrypted chats, Message storage, Download "
            "secure storage data, and give ebb that file as well\n"
            "Of a download with many chats name the couple's: --partner NAME",
        .leaves_out =
            "the time zone (tell it: --tz), which message a reply answers, edits, when "
            "a message was read, what disappeared; the time of a reaction in older "
            "downloads; in that of encrypted chats also calls and reactions' times. "
            "Sentences that the app writes itself are told from texts where they are "
            "English or begin with a full name; others count as texts.",
    },
    {
        .name = "instagram",
        .title = "Instagram",
        .reads = "the same files as of Messenger, of one chat or of a whole download",
        .get_it =
            "On instagram.com or in the app open Settings, then Accounts Centre, Your "
            "information and permissions, Export (or Download) your information\n"
            "Choose the Instagram profile, to this device, and of the information only "
            "Messages\n"
            "Date range: all time. Format: JSON. Media quality: lower\n"
            "Download the zip when it is ready and give it to ebb; choose the chat "
            "with --partner NAME, the name the profile shows",
        .leaves_out =
            "the time zone (tell it: --tz), which message a reply answers, edits, when "
            "a message was read, what was seen once or has disappeared, chats that "
            "were "
            "deleted. Reactions and calls are told by sentences of the app, which ebb "
            "knows in English and some in French and German; others count as texts.",
    },
    {
        .name = "discord",
        .title = "Discord",
        .reads = "the JSON of one channel or direct chat that the program "
                 "DiscordChatExporter writes; a long one may be cut into parts: give "
                 "ebb all of them at once",
        .get_it =
            "Discord's own data package holds only what you wrote yourself, so it is "
            "of no use here\n"
            "DiscordChatExporter (github.com/Tyrrrz/DiscordChatExporter) asks for your "
            "account's token; using it so is against Discord's terms, which you should "
            "know before you do it\n"
            "Choose the direct chat, as format JSON; leave Format markdown on, and "
            "media out\n"
            "Export on a computer that stands in the zone you live in, without "
            "\"normalize to UTC\", or tell ebb the zone (--tz)",
        .leaves_out = "deleted messages, when a message was read, when a reaction was "
                      "given (so reactions are not counted), and whether a call was "
                      "taken (so each counts as one)",
    },
    {
        .name = "matrix",
        .title = "Matrix",
        .reads = "the JSON of one room that Element writes; its HTML and its plain "
                 "text are not read",
        .get_it =
            "Open the room in Element on a computer or in a browser, not on a phone\n"
            "Check by scrolling up that old messages can be read: what Element cannot "
            "decrypt it exports as unreadable, and does not say so\n"
            "Click the room's name, then Export chat\n"
            "At Format choose JSON, at Messages From the beginning, and do not include "
            "attachments; a large room takes its time\n"
            "Persons are called by their Matrix ids, as in --me @ana:example.org\n"
            "Tell ebb the time zone you live in (--tz Europe/Berlin): the file "
            "does not",
        .leaves_out = "the time zone, reactions, when a message was read, most often "
                      "whether a call was taken (then it counts as one), and the words "
                      "of what could not be decrypted: ebb counts such messages with "
                      "length 0 and says how many there are",
    },
    {
        .name = "line",
        .title = "LINE",
        .reads = "the text of one chat that the app saves on a phone, or LINE on a "
                 "computer: \"[LINE] Chat with ....txt\" and the like, in English, "
                 "Japanese, Chinese, Korean or Thai; in other languages pictures and "
                 "stickers count as short texts",
        .get_it =
            "Phone: open the chat, tap the menu at the top right, then Settings (or "
            "Other settings), then Export chat history\n"
            "Computer: open the chat, click the three dots, then Save chat\n"
            "The phone's file is the better one: on a computer's, names and texts are "
            "set off by nothing but blanks; leave its name as it is, ebb reads the "
            "partner's name from it\n"
            "Tell ebb the phone's time zone (--tz Asia/Tokyo): the file does not",
        .leaves_out = "the time zone, the seconds, reactions, which message a reply "
                      "answers, when a message was read, and what the phone itself no "
                      "longer has: LINE keeps old messages on the phone alone",
    },
    {
        .name = "signal",
        .title = "Signal",
        .reads =
            "what two programs read out of Signal Desktop: data.json or chat.md of "
            "one chat by signal-export, and the JSON of one chat by sigtop",
        .get_it =
            "Signal itself exports no chat that ebb reads; on a computer linked to the "
            "phone, Signal Desktop holds what was said since it was linked\n"
            "signal-export (github.com/carderne/signal-export): run sigexport FOLDER, "
            "then give ebb FOLDER/NAME/data.json\n"
            "sigtop (github.com/tbvdm/sigtop): run sigtop export-messages -f json "
            "FOLDER; of messages that Signal wrote since version 7.42 (2025) it holds "
            "neither text nor time, so take signal-export for those\n"
            "The exporting person is called You: name yourself by --me\n"
            "Tell ebb the time zone you live in (--tz Europe/Berlin): the file does "
            "not",
        .leaves_out =
            "messages set to disappear (signal-export leaves them out, ebb "
            "leaves sigtop's out and says how many), what was said before the "
            "computer was linked, the time zone, when a message was read; by "
            "signal-export also when a reaction was given",
    },
    {
        .name = "sms",
        .title = "SMS (Android)",
        .reads =
            "the XML that the app SMS Backup & Restore writes: sms-....xml with "
            "text and picture messages, and calls-....xml with calls. Both at once "
            "make one history",
        .get_it =
            "On the phone install SMS Backup & Restore (by SyncTech) and open it\n"
            "Tap Back up now (or Set up a backup), choose Messages and, if you like, "
            "Phone calls; leave media out, ebb does not look at them\n"
            "Choose this phone as the place, and no password; a zip is read too\n"
            "Bring the file to the computer and give it to ebb\n"
            "It holds the messages with everybody: name the couple's by --partner "
            "NAME, or by a number; more numbers of one person by --alias "
            "NUMBER=NAME\n"
            "The phone's owner is called You: name yourself by --me\n"
            "Tell ebb the time zone you live in (--tz Europe/Berlin): the file does "
            "not",
        .leaves_out =
            "the time zone, what was deleted on the phone, when a message was read; of "
            "the phone's own chats (RCS) reactions, which message a reply answers and "
            "edits. Messages to several persons at once are left out, and so are "
            "drafts and messages that were never sent (ebb says how many).",
    },
    {
        .name = "imessage",
        .title = "Apple Messages",
        .reads = "the database of Messages: chat.db of a Mac, with what lies beside it "
                 "as chat.db-wal, and sms.db of an iPhone's backup",
        .get_it =
            "Mac: in System Settings, Privacy & Security, Full Disk Access allow the "
            "Terminal to read your files\n"
            "Mac: close Messages and give ebb ~/Library/Messages/chat.db; or copy "
            "chat.db and chat.db-wal into one folder\n"
            "A Mac without the older messages: in Messages, Settings, iMessage turn on "
            "Messages in iCloud and wait until all are there\n"
            "iPhone: make a backup to a computer without encryption; in its folder "
            "sms.db is called 3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28\n"
            "It holds the messages with everybody, by number or mail address: name the "
            "couple's by --partner NUMBER; more of one person by --alias "
            "ADDRESS=NUMBER\n"
            "The device's owner is called You: name yourself by --me\n"
            "Tell ebb the time zone you live in (--tz Europe/Berlin): the database "
            "does not",
        .leaves_out =
            "the time zone, names (they are in the address book), what was deleted or "
            "is kept for 30 days or a year only, what a message said before it was "
            "edited. Group chats, what lies among the recently deleted, messages that "
            "were never sent (ebb says how many) and the taking back of reactions are "
            "left out; when a message was read is not looked at. Messages that lost "
            "their chat (ebb says how many) are mostly the other's alone.",
    },
};

const ebb_format_info_t *ebb_formats(size_t *count)
{
    *count = sizeof format_table / sizeof *format_table;
    return format_table;
}
