/* SPDX-License-Identifier: MIT
 *
 * SMS Backup & Restore's XML: all messages of an Android phone, or all its calls.
 *
 *     <smses count="2">
 *       <sms address="+491701234567" date="1714932069000" type="1" body="hi"
 *            readable_date="..." contact_name="Ana" />
 *       <mms address="+491701234567" date="1714932070000" msg_box="2" m_type="128" ...>
 *         <parts><part ct="application/smil" ... /><part ct="text/plain" text="hi" />
 *                <part ct="image/jpeg" data="(base64)" /></parts>
 *         <addrs><addr address="..." type="151" /></addrs></mms></smses>
 *     <calls count="1"><call number="..." duration="35" date="..." type="1" /></calls>
 *
 * Messages of all contacts pass through; who the partner is can only be said at the
 * end, so each event holds its contact until then, and those of others go. What was
 * written to several at once is left out: it is of a group. Times are instants.
 *
 * Invariant: until settle_sms an event's person is 0 (the phone's owner) or 1 (the
 * contact), and _reserved is the contact's index.
 */
#include "messages/sms.h"

#include <stdio.h>
#include <string.h>

#include "core/memory.h"
#include "messages/accounts.h"
#include "messages/xmlfeed.h"

typedef struct sms_reader {
    ebb_import_t *import;
    ebb_keys_t keys;
    ebb_phonebook_t book;
    ebb_clock_t clock;
    ebb_sms_message_t message;
    ebb_text_t text;  /* of the message, when texts are kept */
    uint32_t *unsent; /* messages of each contact that were never sent */
    size_t unsent_room;
    unsigned long long shared; /* messages with several persons, whoever they are */
    bool saw_calls;
    char last_address[EBB_NAME_MAX]; /* messages of one person follow each other */
    int last_contact;
} sms_reader_t;

/* ---- texts ---- */

static int add_sms_text(sms_reader_t *sms, ebb_xmlfeed_t *feed, const char *text)
{
    ebb_body_t *body = &sms->message.body;
    if (strcmp(text, "null") == 0 || text[0] == '\0') {
        return EBB_OK;
    }
    if (body->characters > 0) { /* a message of several texts */
        ebb_body_count(body, "\n", 1);
    }
    ebb_body_count(body, text, strlen(text));
    if (sms->import->opts.keep_text) {
        ebb_text_puts(&sms->text, sms->text.length ? "\n" : "");
        ebb_text_puts(&sms->text, text);
    }
    return sms->text.failed ? ebb_xmlfeed_fail(feed, EBB_ERR_MEMORY, sms->message.place,
                                               "no memory for a text")
                            : EBB_OK;
}

/* ---- whose a message is ---- */

static int fail_contact(sms_reader_t *sms, ebb_xmlfeed_t *feed, int code)
{
    return ebb_xmlfeed_fail(feed, code, sms->message.place,
                            ebb_phonebook_problem(code));
}

/* The contact of "NUMBER" or "NUMBER~NUMBER", `*several` if these are of different
 * persons; negative codes. */
static int find_sms_contact(sms_reader_t *sms, const char *address, bool *several)
{
    int contact = -1;
    if (strcmp(address, sms->last_address) == 0) {
        return sms->last_contact;
    }
    const char *whole = address;
    while (*address) {
        size_t n = strcspn(address, "~");
        int next = n ? ebb_phonebook_find(&sms->book, address, n) : contact;
        if (n && next < 0) {
            return next;
        }
        *several |= contact >= 0 && ebb_phonebook_root(&sms->book, contact) !=
                                        ebb_phonebook_root(&sms->book, next);
        contact = next;
        address += n + (address[n] == '~');
    }
    if (!*several && contact >= 0) {
        (void)snprintf(sms->last_address, sizeof sms->last_address, "%s", whole);
        sms->last_contact = contact;
    }
    return contact;
}

/* ---- events ---- */

static int count_unsent(sms_reader_t *sms, int contact)
{
    size_t before = sms->unsent_room;
    void *unsent = sms->unsent;
    if ((size_t)contact >= before) {
        if (ebb_grow(sms->import->alloc, &unsent, &sms->unsent_room,
                     (size_t)contact + 1, sizeof *sms->unsent)) {
            return EBB_ERR_MEMORY;
        }
        sms->unsent = unsent;
        memset(sms->unsent + before, 0,
               (sms->unsent_room - before) * sizeof *sms->unsent);
    }
    sms->unsent[contact]++;
    return EBB_OK;
}

static int push_sms(sms_reader_t *sms, ebb_event_t *event, int contact)
{
    const ebb_body_t *body = &sms->message.body;
    event->_reserved[0] = (uint8_t)(contact & 0xFF);
    event->_reserved[1] = (uint8_t)(contact >> 8);
    event->characters = body->characters;
    event->words = body->words;
    int code = sms->text.length > 0 ? ebb_import_keep(sms->import, event,
                                                      sms->text.data, sms->text.length)
                                    : EBB_OK;
    int root = ebb_phonebook_root(&sms->book, contact);
    sms->book.contacts[root].events++;
    return code ? code : ebb_import_push(sms->import, event);
}

static int end_sms(sms_reader_t *sms, ebb_xmlfeed_t *feed)
{
    ebb_sms_message_t *m = &sms->message;
    ebb_event_t event = {.person = EBB_PERSON_NONE};
    bool several = false;
    const char *problem = ebb_sms_problem(m);
    const char *address = ebb_sms_partner(m);
    ebb_import_source(sms->import)->lines++;
    if (!problem && address && !address[strspn(address, "~")]) {
        problem = "names no number";
    }
    problem =
        problem ? problem : ebb_clock_set(&sms->clock, &event, NULL, &m->stamp.time_s);
    ebb_sms_fate_t fate = ebb_sms_settle(m, &event);
    if (fate == EBB_SMS_PASS) {
        return EBB_OK;
    }
    if (problem) {
        ebb_import_not_understood(sms->import, m->place.line, m->place.column, problem);
        return EBB_OK;
    }
    int contact = address ? find_sms_contact(sms, address, &several) : 0;
    if (contact < 0) {
        return fail_contact(sms, feed, contact);
    }
    if (!address || several) {
        sms->shared++;
        return EBB_OK;
    }
    int code = ebb_phonebook_name(&sms->book, contact, m->name);
    if (code) {
        return fail_contact(sms, feed, code);
    }
    code = fate == EBB_SMS_UNSENT ? count_unsent(sms, contact)
                                  : push_sms(sms, &event, contact);
    return code ? ebb_xmlfeed_fail(feed, code, m->place,
                                   code == EBB_ERR_LIMIT ? "more text than ebb keeps"
                                                         : "no memory for its messages")
                : EBB_OK;
}

/* ---- elements ---- */

static ebb_sms_what_t sms_what(const char *name)
{
    return strcmp(name, "sms") == 0    ? EBB_SMS_TEXT
           : strcmp(name, "mms") == 0  ? EBB_SMS_MMS
           : strcmp(name, "call") == 0 ? EBB_SMS_CALL
                                       : EBB_SMS_NONE;
}

static ebb_sms_key_t sms_key(const sms_reader_t *sms, const char *name)
{
    return (ebb_sms_key_t)ebb_keys_find(&sms->keys, name, strlen(name));
}

static int begin_sms(sms_reader_t *sms, ebb_xmlfeed_t *feed, ebb_sms_what_t what,
                     const char *const *attributes)
{
    int code = EBB_OK;
    ebb_sms_begin(&sms->message, what, ebb_xmlfeed_place(feed));
    sms->text.length = 0;
    sms->saw_calls |= what == EBB_SMS_CALL;
    for (; !code && attributes[0]; attributes += 2) {
        ebb_sms_key_t key = sms_key(sms, attributes[0]);
        if (key == SMS_KEY_BODY && what == EBB_SMS_TEXT) {
            code = add_sms_text(sms, feed, attributes[1]);
        } else {
            ebb_sms_note(&sms->message, key, attributes[1]);
        }
    }
    return code;
}

static int read_sms_part(sms_reader_t *sms, ebb_xmlfeed_t *feed,
                         const char *const *attributes)
{
    const char *content_type = "", *text = NULL;
    for (; attributes[0]; attributes += 2) {
        ebb_sms_key_t key = sms_key(sms, attributes[0]);
        content_type = key == SMS_KEY_CONTENT_TYPE ? attributes[1] : content_type;
        text = key == SMS_KEY_TEXT ? attributes[1] : text;
    }
    ebb_sms_note_part(&sms->message, content_type, text != NULL);
    bool said = text && strcmp(content_type, "text/plain") == 0;
    return said ? add_sms_text(sms, feed, text) : EBB_OK;
}

static void read_sms_address(sms_reader_t *sms, const char *const *attributes)
{
    const char *address = "", *type = "";
    for (; attributes[0]; attributes += 2) {
        ebb_sms_key_t key = sms_key(sms, attributes[0]);
        address = key == SMS_KEY_ADDRESS ? attributes[1] : address;
        type = key == SMS_KEY_TYPE ? attributes[1] : type;
    }
    ebb_sms_note_address(&sms->message, address, type);
}

static int open_sms(void *user, ebb_xmlfeed_t *feed, const char *name,
                    const char *const *attributes)
{
    sms_reader_t *sms = user;
    int depth = ebb_xmlfeed_depth(feed);
    if (depth == 2) {
        ebb_sms_what_t what = sms_what(name);
        sms->message.what = what;
        return what ? begin_sms(sms, feed, what, attributes) : EBB_OK;
    }
    if (depth == 4 && sms->message.what == EBB_SMS_MMS) {
        if (strcmp(name, "part") == 0) {
            return read_sms_part(sms, feed, attributes);
        }
        if (strcmp(name, "addr") == 0) {
            read_sms_address(sms, attributes);
        }
    }
    return EBB_OK;
}

static int close_sms(void *user, ebb_xmlfeed_t *feed, const char *name)
{
    sms_reader_t *sms = user;
    (void)name;
    bool ends = ebb_xmlfeed_depth(feed) == 2 && sms->message.what;
    return ends ? end_sms(sms, feed) : EBB_OK;
}

/* ---- the reader ---- */

static int contact_of(const ebb_event_t *event)
{
    return event->_reserved[0] | event->_reserved[1] << 8;
}

/* Keeps the events of one contact and says whose they are. */
static int settle_sms(sms_reader_t *sms, int root)
{
    ebb_import_t *import = sms->import;
    int me = ebb_import_person(import, EBB_SMS_ME, strlen(EBB_SMS_ME));
    int partner = ebb_phonebook_person(&sms->book, root);
    if (me < 0 || partner < 0) {
        return me < 0 ? me : partner;
    }
    size_t kept = import->source_begin;
    for (size_t i = kept; i < import->count; i++) {
        ebb_event_t event = import->events[i];
        if (ebb_phonebook_root(&sms->book, contact_of(&event)) == root) {
            event.person = (uint8_t)(event.person ? partner : me);
            event._reserved[0] = event._reserved[1] = 0;
            import->events[kept++] = event;
        }
    }
    import->count = kept;
    return EBB_OK;
}

static void describe_sms(const sms_reader_t *sms, int root)
{
    ebb_source_t *source = ebb_import_source(sms->import);
    unsigned long long unsent = 0;
    for (size_t i = 0; i < sms->unsent_room && i < sms->book.count; i++) {
        bool own = ebb_phonebook_root(&sms->book, (int)i) == root;
        unsent += own ? sms->unsent[i] : 0;
    }
    char left_out[2][48] = {"", ""};
    if (unsent > 0) {
        (void)snprintf(left_out[0], sizeof left_out[0], "; %llu never sent, left out",
                       unsent);
    }
    if (sms->shared > 0) {
        (void)snprintf(left_out[1], sizeof left_out[1], "; %llu with several, left out",
                       sms->shared);
    }
    (void)snprintf(source->dialect, sizeof source->dialect, "%s, unix time%s%s",
                   sms->saw_calls ? "calls" : "messages", left_out[0], left_out[1]);
    source->date_order = EBB_DATE_STATED;
    source->date_certainty = EBB_CERTAIN;
    source->zone_known = sms->import->zone != NULL;
}

static int choose_sms(sms_reader_t *sms, const ebb_input_t *input, ebb_error_t *error)
{
    int root = ebb_phonebook_choose(&sms->book, input->label, error);
    if (root < 0) {
        return root;
    }
    describe_sms(sms, root);
    int code = settle_sms(sms, root);
    return code ? ebb_fail_at(error, code, (ebb_place_t){.where = input->label}, "%s",
                              ebb_account_problem(code))
                : EBB_OK;
}

static const ebb_xml_reader_t sms_elements = {.opened = open_sms, .closed = close_sms};

static int read_sms(ebb_import_t *import, const ebb_input_t *input, ebb_error_t *error)
{
    sms_reader_t *sms = ebb_new_array(import->alloc, 1, sizeof *sms);
    if (!sms) {
        return ebb_fail_at(error, EBB_ERR_MEMORY, (ebb_place_t){.where = input->label},
                           "no memory to read it");
    }
    sms->import = sms->clock.import = sms->book.import = import;
    ebb_text_init(&sms->text, import->alloc);
    ebb_sms_keys_prepare(&sms->keys);
    ebb_xmlfeed_opts_t opts = {.import = import,
                               .input = input,
                               .wanted = &sms->keys,
                               .reader = &sms_elements,
                               .user = sms};
    int code = ebb_xmlfeed_run(&opts, error);
    code = code ? code : choose_sms(sms, input, error);
    ebb_text_free(&sms->text);
    ebb_phonebook_free(&sms->book);
    ebb_free_array(import->alloc, sms->unsent, sms->unsent_room, sizeof *sms->unsent);
    ebb_free_array(import->alloc, sms, 1, sizeof *sms);
    return code;
}

/* The byte behind what may stand before the first element. */
static size_t skip_xml_prolog(const char *head, size_t n)
{
    size_t i = n >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (i < n) {
        bool special =
            i + 1 < n && head[i] == '<' && (head[i + 1] == '?' || head[i + 1] == '!');
        const char *end = special ? memchr(head + i, '>', n - i) : NULL;
        bool blank = head[i] && strchr(" \t\r\n", head[i]);
        if (!end && !blank) {
            break;
        }
        i = end ? (size_t)(end - head) + 1 : i + 1;
    }
    return i;
}

static int sniff_sms(const char *head, size_t n)
{
    static const char *const roots[] = {"<smses", "<calls"};
    size_t i = skip_xml_prolog(head, n);
    for (size_t k = 0; k < sizeof roots / sizeof *roots; k++) {
        size_t length = strlen(roots[k]);
        if (n - i > length && memcmp(head + i, roots[k], length) == 0 &&
            strchr(" \t\r\n>", head[i + length])) {
            return 2;
        }
    }
    return 0;
}

const ebb_reader_t ebb_reader_sms = {"sms", sniff_sms, read_sms};
