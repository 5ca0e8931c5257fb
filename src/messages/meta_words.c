/* SPDX-License-Identifier: MIT
 *
 * Sentences that Messenger and Instagram write themselves where a text should be.
 *
 * Most begin with who did it ("You", a full name or a first name of the chat) and go on
 * with words that are always the same. A sentence of which only the beginning is fixed
 * is believed where a partner would hardly write it.
 */
#include <string.h>

#include "messages/meta.h"

/* The words behind whoever it is, or a whole sentence. */
typedef struct words {
    const char *begin;
    const char *end; /* NULL: nothing more; "": anything; "@": a person of the chat */
    ebb_meta_sentence_t sentence;
} app_words_t;

static const app_words_t whole_table[] = {
    {"Liked a message", NULL, EBB_META_REACTION},
    {"Reacted ", " to your message", EBB_META_REACTION},
    {"A aimé un message", NULL, EBB_META_REACTION},
    {"A réagi ", " à votre message", EBB_META_REACTION},
    {"User unsent a message", NULL, EBB_META_UNSENT},
    {"Du hast einen Anhang gesendet", NULL, EBB_META_ATTACHMENT},
    {"Vous avez envoyé une pièce jointe", NULL, EBB_META_ATTACHMENT},
    {"Video chat ended", NULL, EBB_META_CALL_ENDS},
    {"Audio call ended", NULL, EBB_META_CALL_ENDS},
    {"Call ended", NULL, EBB_META_CALL_ENDS},
    {"The video chat ended", NULL, EBB_META_CALL_ENDS},
    {"The audio call ended", NULL, EBB_META_CALL_ENDS},
    {"The call ended", NULL, EBB_META_CALL_ENDS},
    {"You are now connected on Messenger", NULL, EBB_META_NOTICE},
    {"You're now connected on Messenger", NULL, EBB_META_NOTICE},
    {"Say hi to your new Facebook friend", "", EBB_META_NOTICE},
    {"Say hi to your new connection", "", EBB_META_NOTICE},
    {"You can now message and call each other", "", EBB_META_NOTICE},
    {"This poll is no longer available", NULL, EBB_META_NOTICE},
};

static const app_words_t behind_table[] = {
    {" sent an attachment", NULL, EBB_META_ATTACHMENT},
    {" sent a photo", NULL, EBB_META_ATTACHMENT},
    {" sent a video", NULL, EBB_META_ATTACHMENT},
    {" sent a voice message", NULL, EBB_META_ATTACHMENT},
    {" sent a GIF", NULL, EBB_META_ATTACHMENT},
    {" sent a sticker", NULL, EBB_META_ATTACHMENT},
    {" sent a link", NULL, EBB_META_ATTACHMENT},
    {" shared a story", NULL, EBB_META_ATTACHMENT},
    {" shared a post", NULL, EBB_META_ATTACHMENT},
    {" shared a reel", NULL, EBB_META_ATTACHMENT},
    {" hat einen Anhang gesendet", NULL, EBB_META_ATTACHMENT},
    {" a envoyé une pièce jointe", NULL, EBB_META_ATTACHMENT},
    {" sent a location", NULL, EBB_META_LOCATION},
    {" sent a live location", NULL, EBB_META_LOCATION},
    {" created a poll", "", EBB_META_POLL},
    {" unsent a message", NULL, EBB_META_UNSENT},
    {" called you", NULL, EBB_META_CALLED},
    {" called ", "@", EBB_META_CALLED},
    {" started an audio call", NULL, EBB_META_CALL_BEGINS},
    {" started a video chat", NULL, EBB_META_CALL_BEGINS},
    {" started a video call", NULL, EBB_META_CALL_BEGINS},
    {" started a call", NULL, EBB_META_CALL_BEGINS},
    {" ended the call", NULL, EBB_META_CALL_ENDS},
    {" missed an audio call", NULL, EBB_META_CALL_MISSED},
    {" missed a video chat", NULL, EBB_META_CALL_MISSED},
    {" missed a video call", NULL, EBB_META_CALL_MISSED},
    {" missed your call", NULL, EBB_META_CALL_MISSED},
    {" missed your video chat", NULL, EBB_META_CALL_MISSED},
    {" missed a call from ", "@", EBB_META_CALL_MISSED},
    {" missed a video chat with ", "@", EBB_META_CALL_MISSED},
    {" joined the video chat", NULL, EBB_META_NOTICE},
    {" left the video chat", NULL, EBB_META_NOTICE},
    {" joined the call", NULL, EBB_META_NOTICE},
    {" left the call", NULL, EBB_META_NOTICE},
    {" set the nickname for ", "", EBB_META_NOTICE},
    {" set your nickname to ", "", EBB_META_NOTICE},
    {" set their own nickname to ", "", EBB_META_NOTICE},
    {" set her own nickname to ", "", EBB_META_NOTICE},
    {" set his own nickname to ", "", EBB_META_NOTICE},
    {" set your own nickname to ", "", EBB_META_NOTICE},
    {" cleared the nickname for ", "", EBB_META_NOTICE},
    {" changed the theme to ", "", EBB_META_NOTICE},
    {" changed the chat theme", "", EBB_META_NOTICE},
    {" changed the chat colors", NULL, EBB_META_NOTICE},
    {" set the emoji to ", "", EBB_META_NOTICE},
    {" named the group ", "", EBB_META_NOTICE},
    {" changed the group photo", NULL, EBB_META_NOTICE},
    {" changed the group name", "", EBB_META_NOTICE},
    {" created the group", NULL, EBB_META_NOTICE},
    {" left the group", NULL, EBB_META_NOTICE},
    {" added ", " to the group", EBB_META_NOTICE},
    {" removed ", " from the group", EBB_META_NOTICE},
    {" pinned a message", NULL, EBB_META_NOTICE},
    {" turned on disappearing messages", "", EBB_META_NOTICE},
    {" turned off disappearing messages", "", EBB_META_NOTICE},
};

void ebb_meta_name_set(ebb_meta_name_t *name, const char *bytes, size_t length)
{
    name->length = length < EBB_META_NAME_MAX ? length : EBB_META_NAME_MAX;
    memcpy(name->bytes, bytes, name->length);
}

/* A piece of text. */
typedef struct piece {
    const char *bytes;
    size_t length;
} piece_t;

static bool begins_with_piece(piece_t text, const char *bytes, size_t length)
{
    return text.length >= length && memcmp(text.bytes, bytes, length) == 0;
}

static bool ends_in_piece(piece_t text, const char *end)
{
    size_t n = strlen(end);
    return text.length >= n && memcmp(text.bytes + text.length - n, end, n) == 0;
}

static piece_t behind(piece_t text, size_t length)
{
    return (piece_t){text.bytes + length, text.length - length};
}

static size_t first_word(const ebb_meta_name_t *name)
{
    const char *space = memchr(name->bytes, ' ', name->length);
    return space ? (size_t)(space - name->bytes) : name->length;
}

/* Whether a text is the name of a person, or the first word of it. */
static bool is_called_piece(piece_t text, const ebb_meta_name_t *name)
{
    return name->length > 0 &&
           (text.length == name->length || text.length == first_word(name)) &&
           memcmp(text.bytes, name->bytes, text.length) == 0;
}

static bool is_any_person(piece_t text, const ebb_meta_names_t *names,
                          const ebb_meta_name_t *sender)
{
    bool found = is_called_piece(text, sender);
    for (size_t i = 0; i < names->count && !found; i++) {
        found = is_called_piece(text, &names->names[i]);
    }
    return found;
}

/* What the table says a text is; `names` and `sender` for "@". */
static ebb_meta_sentence_t look_up_words(const app_words_t *table, size_t count,
                                         piece_t text, const ebb_meta_names_t *names,
                                         const ebb_meta_name_t *sender)
{
    for (size_t i = 0; i < count; i++) {
        const app_words_t *w = &table[i];
        size_t n = strlen(w->begin);
        if (!begins_with_piece(text, w->begin, n)) {
            continue;
        }
        piece_t rest = behind(text, n);
        bool same = !w->end          ? rest.length == 0
                    : *w->end == '@' ? is_any_person(rest, names, sender)
                                     : ends_in_piece(rest, w->end);
        if (same) {
            return w->sentence;
        }
    }
    return EBB_META_OWN_WORDS;
}

/* What a text is that begins with the first `length` bytes of a name. */
static ebb_meta_sentence_t look_behind(piece_t text, const char *who, size_t length,
                                       const ebb_meta_names_t *names,
                                       const ebb_meta_name_t *sender)
{
    if (length == 0 || length >= text.length || text.bytes[length] != ' ' ||
        !begins_with_piece(text, who, length)) {
        return EBB_META_OWN_WORDS;
    }
    return look_up_words(behind_table, sizeof behind_table / sizeof *behind_table,
                         behind(text, length), names, sender);
}

/* A sentence in whatever language about somebody by their full name. */
static bool is_told_of(piece_t text, const ebb_meta_name_t *name)
{
    return name->length > first_word(name) && text.length > name->length + 2 &&
           begins_with_piece(text, name->bytes, name->length) &&
           text.bytes[name->length] == ' ' && text.bytes[text.length - 1] == '.' &&
           !memchr(text.bytes, '\n', text.length);
}

/* What a text is if it begins with this person. */
static ebb_meta_sentence_t told_of(piece_t text, piece_t stripped,
                                   const ebb_meta_name_t *name,
                                   const ebb_meta_names_t *names,
                                   const ebb_meta_name_t *sender)
{
    ebb_meta_sentence_t found =
        look_behind(stripped, name->bytes, name->length, names, sender);
    if (!found) {
        found = look_behind(stripped, name->bytes, first_word(name), names, sender);
    }
    return found                    ? found
           : is_told_of(text, name) ? EBB_META_NOTICE
                                    : EBB_META_OWN_WORDS;
}

static piece_t without_blanks(piece_t text)
{
    while (text.length > 0 && text.bytes[text.length - 1] == ' ') {
        text.length--;
    }
    return text;
}

ebb_meta_sentence_t ebb_meta_sentence(const char *bytes, size_t length,
                                      const ebb_meta_names_t *names,
                                      const ebb_meta_name_t *sender)
{
    piece_t text = without_blanks((piece_t){bytes, length});
    piece_t stripped = text;
    if (stripped.length > 0 && stripped.bytes[stripped.length - 1] == '.') {
        stripped.length--;
    }
    ebb_meta_sentence_t found = look_up_words(
        whole_table, sizeof whole_table / sizeof *whole_table, stripped, names, sender);
    found = found ? found : look_behind(stripped, "You", 3, names, sender);
    found = found ? found : told_of(text, stripped, sender, names, sender);
    for (size_t i = 0; i < names->count && !found; i++) {
        found = told_of(text, stripped, &names->names[i], names, sender);
    }
    return found;
}
