/* SPDX-License-Identifier: MIT
 *
 * From named values to an event. Everything ebb_events_write writes is read back as it
 * was; what others write is read where it can mean one thing only.
 */
#include "messages/record.h"

#include <string.h>

#include "core/bytes.h"

typedef struct word_value {
    const char *word;
    size_t length;
    unsigned value;
} word_value_t;

#define WORD(word, value)            \
    {                                \
        word, sizeof word - 1, value \
    }

/* ---- columns ---- */

#define COLUMN_NAME_MAX 24

static const word_value_t column_names[] = {
    WORD("instant", EBB_COLUMN_INSTANT),    WORD("utc", EBB_COLUMN_INSTANT),
    WORD("local", EBB_COLUMN_LOCAL),        WORD("time", EBB_COLUMN_TIME),
    WORD("timestamp", EBB_COLUMN_TIME),     WORD("datetime", EBB_COLUMN_TIME),
    WORD("date_time", EBB_COLUMN_TIME),     WORD("when", EBB_COLUMN_TIME),
    WORD("sent_at", EBB_COLUMN_TIME),       WORD("date", EBB_COLUMN_DATE),
    WORD("day", EBB_COLUMN_DATE),           WORD("person", EBB_COLUMN_PERSON),
    WORD("sender", EBB_COLUMN_PERSON),      WORD("from", EBB_COLUMN_PERSON),
    WORD("author", EBB_COLUMN_PERSON),      WORD("name", EBB_COLUMN_PERSON),
    WORD("who", EBB_COLUMN_PERSON),         WORD("user", EBB_COLUMN_PERSON),
    WORD("username", EBB_COLUMN_PERSON),    WORD("speaker", EBB_COLUMN_PERSON),
    WORD("participant", EBB_COLUMN_PERSON), WORD("sender_name", EBB_COLUMN_PERSON),
    WORD("letter", EBB_COLUMN_LETTER),      WORD("kind", EBB_COLUMN_KIND),
    WORD("type", EBB_COLUMN_KIND),          WORD("characters", EBB_COLUMN_CHARACTERS),
    WORD("chars", EBB_COLUMN_CHARACTERS),   WORD("words", EBB_COLUMN_WORDS),
    WORD("word_count", EBB_COLUMN_WORDS),   WORD("n_words", EBB_COLUMN_WORDS),
    WORD("flags", EBB_COLUMN_FLAGS),        WORD("source", EBB_COLUMN_SOURCE),
    WORD("text", EBB_COLUMN_TEXT),          WORD("message", EBB_COLUMN_TEXT),
    WORD("body", EBB_COLUMN_TEXT),          WORD("content", EBB_COLUMN_TEXT),
    WORD("couple", EBB_COLUMN_COUPLE),      WORD("couple_id", EBB_COLUMN_COUPLE),
    WORD("coupleid", EBB_COLUMN_COUPLE),    WORD("dyad", EBB_COLUMN_COUPLE),
    WORD("dyad_id", EBB_COLUMN_COUPLE),     WORD("dyadid", EBB_COLUMN_COUPLE),
};

static ebb_field_t trim_field(ebb_field_t field)
{
    while (field.length > 0 && (*field.bytes == ' ' || *field.bytes == '\t')) {
        field.bytes++;
        field.length--;
    }
    while (field.length > 0 && (field.bytes[field.length - 1] == ' ' ||
                                field.bytes[field.length - 1] == '\t')) {
        field.length--;
    }
    return field;
}

static const word_value_t *find_value(const word_value_t *table, size_t count,
                                      ebb_field_t field)
{
    for (size_t i = 0; i < count; i++) {
        if (table[i].length == field.length &&
            memcmp(table[i].word, field.bytes, field.length) == 0) {
            return &table[i];
        }
    }
    return NULL;
}

ebb_record_column_t ebb_column_find(const char *name, size_t length)
{
    char plain[COLUMN_NAME_MAX];
    ebb_field_t field = trim_field((ebb_field_t){name, length});
    if (field.length == 0 || field.length > sizeof plain) {
        return EBB_COLUMN_NONE;
    }
    for (size_t i = 0; i < field.length; i++) {
        char c = field.bytes[i];
        plain[i] = (char)(c >= 'A' && c <= 'Z'   ? c + 32
                          : c == ' ' || c == '-' ? '_'
                                                 : c);
    }
    const word_value_t *found =
        find_value(column_names, sizeof column_names / sizeof *column_names,
                   (ebb_field_t){plain, field.length});
    return found ? (ebb_record_column_t)found->value : EBB_COLUMN_NONE;
}

const char *ebb_columns_problem(unsigned columns)
{
    unsigned times = 1u << EBB_COLUMN_INSTANT | 1u << EBB_COLUMN_LOCAL |
                     1u << EBB_COLUMN_TIME | 1u << EBB_COLUMN_DATE;
    if (!(columns & times)) {
        return "no column gives the time; call one \"time\"";
    }
    if (!(columns >> EBB_COLUMN_PERSON & 1)) {
        return "no column gives the person; call one \"person\"";
    }
    return NULL;
}

/* ---- times ---- */

/* What a record says of its time. */
typedef struct record_time {
    int64_t local_s, utc_s;
    bool has_local, has_utc, minute;
} record_time_t;

static void note_stamp(record_time_t *time, const ebb_stamp_t *stamp)
{
    bool has_offset = stamp->offset_s != EBB_OFFSET_UNKNOWN;
    if (!stamp->is_utc) {
        time->local_s = stamp->time_s;
        time->has_local = true;
        time->minute = stamp->minute;
    }
    if (stamp->is_utc || has_offset) {
        time->utc_s = stamp->time_s - stamp->offset_s;
        time->has_utc = true;
    }
}

/* A day in one field and a time of day in another. */
static const char *parse_joined(ebb_stamp_t *stamp, ebb_field_t date, ebb_field_t time)
{
    char joined[64];
    if (date.length + 1 + time.length > sizeof joined) {
        return EBB_NOT_A_TIME;
    }
    memcpy(joined, date.bytes, date.length);
    joined[date.length] = ' ';
    memcpy(joined + date.length + 1, time.bytes, time.length);
    return ebb_stamp_parse(stamp, joined, date.length + 1 + time.length);
}

/* Reads one column of time, if the record has it. */
static const char *read_column(ebb_records_t *records, const ebb_row_t *record,
                               ebb_record_column_t column, record_time_t *time)
{
    ebb_stamp_t stamp;
    ebb_field_t field = trim_field(record->fields[column]);
    ebb_field_t day = trim_field(record->fields[EBB_COLUMN_DATE]);
    bool joined = column == EBB_COLUMN_TIME && day.length > 0;
    if (field.length == 0) {
        return NULL;
    }
    records->wrong = column;
    const char *wrong = joined ? parse_joined(&stamp, day, field)
                               : ebb_stamp_parse(&stamp, field.bytes, field.length);
    if (wrong) {
        return wrong;
    }
    if (column == EBB_COLUMN_INSTANT && stamp.offset_s == EBB_OFFSET_UNKNOWN) {
        stamp.offset_s = 0;
        stamp.is_utc = true; /* the column says so, without Z */
    }
    if (column == EBB_COLUMN_INSTANT) {
        stamp.time_s -= stamp.offset_s;
        stamp.offset_s = 0;
        stamp.is_utc = true;
    }
    note_stamp(time, &stamp);
    return NULL;
}

static const char *read_times(ebb_records_t *records, const ebb_row_t *record,
                              ebb_event_t *event)
{
    record_time_t time = {0};
    bool no_time = record->fields[EBB_COLUMN_TIME].length == 0;
    const char *wrong = read_column(records, record, EBB_COLUMN_TIME, &time);
    if (!wrong && no_time) {
        wrong = read_column(records, record, EBB_COLUMN_DATE, &time);
    }
    wrong = wrong ? wrong : read_column(records, record, EBB_COLUMN_LOCAL, &time);
    wrong = wrong ? wrong : read_column(records, record, EBB_COLUMN_INSTANT, &time);
    if (wrong) {
        return wrong;
    }
    if (!time.has_local && !time.has_utc) {
        records->wrong = EBB_COLUMN_TIME;
        return "has no time";
    }
    wrong =
        ebb_clock_set(&records->_clock, event, time.has_local ? &time.local_s : NULL,
                      time.has_utc ? &time.utc_s : NULL);
    event->flags |= time.has_local && time.minute ? EBB_FLAG_MINUTE : 0;
    bool told = time.has_local || records->import->zone;
    records->_some_without_offset |= !told || event->offset_s == EBB_OFFSET_UNKNOWN;
    return wrong;
}

/* ---- the other values ---- */

static const char *read_kind(const ebb_row_t *record, ebb_event_t *event)
{
    static const word_value_t kinds[] = {
#define KIND_VALUE(name, word) WORD(word, name),
        EBB_KIND_LIST(KIND_VALUE)
#undef KIND_VALUE
    };
    ebb_field_t field = trim_field(record->fields[EBB_COLUMN_KIND]);
    if (field.length == 0) {
        return NULL; /* text */
    }
    const word_value_t *found = find_value(kinds, sizeof kinds / sizeof *kinds, field);
    event->kind = (uint8_t)(found ? found->value : 0);
    return found ? NULL
                 : "is no kind; use text, media, voice, call, missed_call, reaction, "
                   "deleted, system or other";
}

static const char *read_flags(const ebb_row_t *record, ebb_event_t *event)
{
    static const word_value_t flags[] = {
#define FLAG_VALUE(name, bit, word) WORD(word, bit),
        EBB_FLAG_LIST(FLAG_VALUE)
#undef FLAG_VALUE
    };
    ebb_field_t left = trim_field(record->fields[EBB_COLUMN_FLAGS]);
    while (left.length > 0) {
        const char *bar = memchr(left.bytes, '|', left.length);
        size_t length = bar ? (size_t)(bar - left.bytes) : left.length;
        const word_value_t *found =
            find_value(flags, sizeof flags / sizeof *flags,
                       trim_field((ebb_field_t){left.bytes, length}));
        if (!found) {
            return "has a flag ebb does not know; leave it out";
        }
        event->flags |= (uint16_t)found->value;
        left.bytes += length + (bar != NULL);
        left.length -= length + (bar != NULL);
    }
    return NULL;
}

static const char *read_count(ebb_field_t field, uint32_t *count)
{
    uint64_t value = 0;
    field = trim_field(field);
    for (size_t i = 0; i < field.length; i++) {
        unsigned digit = (unsigned char)field.bytes[i] - (unsigned)'0';
        value = value * 10 + digit;
        if (digit > 9 || value > UINT32_MAX) {
            return "is no count; write a whole number from 0";
        }
    }
    *count = (uint32_t)value;
    return NULL;
}

/* Lengths as told, or counted from the text where they are not. */
static const char *read_lengths(ebb_records_t *records, const ebb_row_t *record,
                                ebb_event_t *event)
{
    ebb_field_t characters = record->fields[EBB_COLUMN_CHARACTERS];
    ebb_field_t words = record->fields[EBB_COLUMN_WORDS];
    ebb_field_t text = record->fields[EBB_COLUMN_TEXT];
    ebb_body_t body = {0};
    if (text.length > 0 && (characters.length == 0 || words.length == 0)) {
        ebb_body_count(&body, text.bytes, text.length);
    }
    event->characters = body.characters;
    event->words = body.words;
    const char *wrong = NULL;
    if (characters.length > 0) {
        records->wrong = EBB_COLUMN_CHARACTERS;
        wrong = read_count(characters, &event->characters);
    }
    if (!wrong && words.length > 0) {
        records->wrong = EBB_COLUMN_WORDS;
        wrong = read_count(words, &event->words);
    }
    return wrong;
}

static void read_origin(const ebb_row_t *record, ebb_event_t *event)
{
    size_t count = 0;
    const ebb_format_info_t *formats = ebb_formats(&count);
    ebb_field_t field = trim_field(record->fields[EBB_COLUMN_SOURCE]);
    for (size_t i = 0; field.length > 0 && i < count; i++) {
        if (ebb_bytes_are(field.bytes, field.length, formats[i].name)) {
            event->origin = (uint8_t)(i + 1);
        }
    }
}

/* The index of a person; the last few spellings are remembered. */
static int person_of(ebb_records_t *records, ebb_field_t name)
{
    for (size_t i = 0; i < EBB_RECORD_NAMES; i++) {
        if (records->_names[i].length == name.length &&
            memcmp(records->_names[i].bytes, name.bytes, name.length) == 0) {
            return records->_names[i].person;
        }
    }
    int person = ebb_import_person(records->import, name.bytes, name.length);
    if (person >= 0 && name.length <= EBB_RECORD_NAME_MAX) {
        unsigned i = records->_next_name++ % EBB_RECORD_NAMES;
        memcpy(records->_names[i].bytes, name.bytes, name.length);
        records->_names[i].length = name.length;
        records->_names[i].person = person;
    }
    return person;
}

/* Everything but the person; what is wrong, or NULL. */
static const char *read_values(ebb_records_t *records, const ebb_row_t *record,
                               ebb_event_t *event)
{
    const char *wrong = read_times(records, record, event);
    if (wrong) {
        return wrong;
    }
    records->wrong = EBB_COLUMN_KIND;
    wrong = read_kind(record, event);
    if (!wrong) {
        records->wrong = EBB_COLUMN_FLAGS;
        uint16_t before = event->flags;
        wrong = read_flags(record, event);
        records->import->ambiguous_times +=
            (event->flags & ~before & EBB_FLAG_AMBIGUOUS_TIME) != 0;
    }
    return wrong ? wrong : read_lengths(records, record, event);
}

/* Notes that a person is A or B, where the record says so. */
static void note_letter(ebb_import_t *import, const ebb_row_t *record, int person)
{
    ebb_field_t field = trim_field(record->fields[EBB_COLUMN_LETTER]);
    if (field.length != 1 || (*field.bytes != 'A' && *field.bytes != 'B')) {
        return;
    }
    int *lettered = &import->told.lettered[*field.bytes == 'B'];
    bool fits = *lettered == 0 || *lettered == person + 1;
    *lettered = fits ? person + 1 : -1;
}

/* Whether the record is of the couple of those before, as far as they say. Persons of
 * several couples are often called alike, and would be taken for two. */
static bool is_of_couple(ebb_records_t *records, const ebb_row_t *record)
{
    ebb_field_t couple = trim_field(record->fields[EBB_COLUMN_COUPLE]);
    if (couple.length > EBB_RECORD_NAME_MAX) {
        couple.length = EBB_RECORD_NAME_MAX;
    }
    if (couple.length > 0 && records->_couple_length == 0) {
        memcpy(records->_couple, couple.bytes, couple.length);
        records->_couple_length = couple.length;
    }
    return couple.length == 0 ||
           (couple.length == records->_couple_length &&
            memcmp(couple.bytes, records->_couple, couple.length) == 0);
}

int ebb_record_push(ebb_records_t *records, const ebb_row_t *record,
                    const char **reason)
{
    ebb_event_t event = {.person = EBB_PERSON_NONE};
    ebb_field_t name = trim_field(record->fields[EBB_COLUMN_PERSON]);
    records->_clock.import = records->import;
    if (!is_of_couple(records, record)) {
        return EBB_ERR_INPUT;
    }
    *reason = read_values(records, record, &event);
    bool may_be_nobody = event.kind == EBB_KIND_SYSTEM || event.kind == EBB_KIND_CALL ||
                         event.kind == EBB_KIND_MISSED_CALL;
    if (!*reason && name.length == 0 && !may_be_nobody) {
        records->wrong = EBB_COLUMN_PERSON;
        *reason = "has no person; only the kinds system, call and missed_call may have "
                  "none";
    }
    if (*reason) {
        return 1;
    }
    read_origin(record, &event);
    if (name.length > 0) {
        int person = person_of(records, name);
        if (person < 0) {
            return person;
        }
        event.person = (uint8_t)person;
        note_letter(records->import, record, person);
    }
    records->_some_with_seconds |= !(event.flags & EBB_FLAG_MINUTE);
    ebb_field_t text = record->fields[EBB_COLUMN_TEXT];
    int code = EBB_OK;
    if (text.length > 0) {
        code = ebb_import_keep(records->import, &event, text.bytes, text.length);
    }
    return code ? code : ebb_import_push(records->import, &event);
}

void ebb_records_end(ebb_records_t *records)
{
    ebb_import_t *import = records->import;
    ebb_source_t *source = ebb_import_source(import);
    bool any = import->count > import->source_begin;
    source->date_order = EBB_DATE_STATED;
    source->date_certainty = EBB_CERTAIN;
    source->minute_clock = any && !records->_some_with_seconds;
    source->zone_known = any && !records->_some_without_offset;
}
