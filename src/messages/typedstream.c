/* SPDX-License-Identifier: MIT
 *
 * Every number begins with one byte. Most stand for themselves; some are tags:
 */
#include "messages/typedstream.h"

#include <stdbool.h>
#include <string.h>

#include "core/bytes.h"
#include "ebb/error.h"

enum {
    TAG_FIRST = -128,
    TAG_INTEGER_2 = -127, /* two bytes follow */
    TAG_INTEGER_4 = -126, /* four bytes */
    TAG_REAL = -125,      /* a float or double as it is in memory */
    TAG_NEW = -124,       /* what follows has not come before */
    TAG_NIL = -123,
    TAG_END = -122, /* of an object */
    TAG_LAST = -111,
    REFERENCE_FIRST = -110 /* the number of what came first */
};

typedef struct typed_string {
    const char *bytes; /* NULL: nil */
    size_t length;
} typed_string_t;

/* What a number stands for. */
typedef struct typed_thing {
    enum { TYPED_A_CLASS, TYPED_AN_OBJECT, TYPED_A_WORD } what;
    int32_t version; /* of a class ... */
    typed_string_t name;
} typed_thing_t;

/* What is being read: values of the types in [type, end), or groups of an object up to
 * its mark, or `left` elements of the one type in [type, end). */
typedef struct typed_frame {
    enum { FRAME_VALUES, FRAME_OBJECT, FRAME_ARRAY } what;
    const char *type, *end;
    uint64_t left;
} typed_frame_t;

typedef struct typed_reader {
    const uint8_t *at, *end;
    bool big_endian;
    int code; /* of the first failure, or what `visit` returned */
    ebb_typed_visit_t visit;
    void *user;
    int objects; /* around what is being read */
    int depth;
    typed_frame_t frames[EBB_TYPED_DEPTH_MAX];
    size_t string_count, thing_count;
    typed_string_t strings[EBB_TYPED_STRINGS_MAX];
    typed_thing_t things[EBB_TYPED_OBJECTS_MAX];
} typed_reader_t;

/* ---- numbers and strings ---- */

static int64_t fail_typed(typed_reader_t *t, int code)
{
    t->code = t->code ? t->code : code;
    t->at = t->end;
    return 0;
}

static bool has_bytes(typed_reader_t *t, uint64_t n)
{
    if (t->code || (uint64_t)(t->end - t->at) < n) {
        (void)fail_typed(t, EBB_ERR_INPUT);
        return false;
    }
    return true;
}

static uint64_t take_bytes(typed_reader_t *t, unsigned n)
{
    uint64_t value = 0;
    if (!has_bytes(t, n)) {
        return 0;
    }
    for (unsigned i = 0; i < n; i++) {
        value |= (uint64_t)t->at[t->big_endian ? n - 1 - i : i] << (8 * i);
    }
    t->at += n;
    return value;
}

static int take_head(typed_reader_t *t)
{
    return has_bytes(t, 1) ? (int8_t)*t->at++ : TAG_END;
}

/* The number that begins with `head`. */
static int64_t integer_of(typed_reader_t *t, int head)
{
    if (head == TAG_INTEGER_2) {
        return (int16_t)take_bytes(t, 2);
    }
    if (head == TAG_INTEGER_4) {
        return (int32_t)take_bytes(t, 4);
    }
    return head <= TAG_LAST ? fail_typed(t, EBB_ERR_INPUT) : head;
}

/* The same without a sign. */
static uint64_t natural_of(typed_reader_t *t, int head)
{
    if (head == TAG_INTEGER_2) {
        return take_bytes(t, 2);
    }
    if (head == TAG_INTEGER_4) {
        return take_bytes(t, 4);
    }
    return head <= TAG_LAST ? (uint64_t)fail_typed(t, EBB_ERR_INPUT) : (uint8_t)head;
}

/* The number of something that came before, below `count`. */
static size_t reference_of(typed_reader_t *t, int head, size_t count)
{
    int64_t number = integer_of(t, head) - REFERENCE_FIRST;
    if (t->code || number < 0 || (uint64_t)number >= count) {
        return (size_t)fail_typed(t, EBB_ERR_INPUT);
    }
    return (size_t)number;
}

static typed_string_t take_string(typed_reader_t *t)
{
    int head = take_head(t);
    if (head == TAG_NIL) {
        return (typed_string_t){0};
    }
    uint64_t length = natural_of(t, head);
    if (!has_bytes(t, length)) {
        return (typed_string_t){0};
    }
    typed_string_t string = {(const char *)t->at, (size_t)length};
    t->at += length;
    return string;
}

/* A string that is numbered, so that it is written but once. */
static typed_string_t take_shared_string(typed_reader_t *t)
{
    int head = take_head(t);
    if (head == TAG_NIL) {
        return (typed_string_t){0};
    }
    if (head != TAG_NEW) {
        size_t number = reference_of(t, head, t->string_count);
        return t->code ? (typed_string_t){0} : t->strings[number];
    }
    typed_string_t string = take_string(t);
    if (t->string_count == EBB_TYPED_STRINGS_MAX) {
        (void)fail_typed(t, EBB_ERR_LIMIT);
        return (typed_string_t){0};
    }
    t->strings[t->string_count++] = string;
    return string;
}

/* ---- what is handed over ---- */

static void hand_typed(typed_reader_t *t, ebb_typed_t typed)
{
    if (!t->code) {
        typed.depth = t->objects;
        int code = t->visit(t->user, &typed);
        if (code) {
            (void)fail_typed(t, code);
        }
    }
}

static void hand_string(typed_reader_t *t, ebb_typed_what_t what, typed_string_t string)
{
    hand_typed(t, (ebb_typed_t){.what = string.bytes ? what : EBB_TYPED_NIL,
                                .bytes = string.bytes,
                                .length = string.length});
}

static void hand_integer(typed_reader_t *t, int64_t integer)
{
    hand_typed(t, (ebb_typed_t){.what = EBB_TYPED_INTEGER, .integer = integer});
}

/* ---- classes and objects ---- */

static void push_frame(typed_reader_t *t, typed_frame_t frame)
{
    if (t->depth == EBB_TYPED_DEPTH_MAX) {
        (void)fail_typed(t, EBB_ERR_LIMIT);
    }
    if (!t->code) {
        t->frames[t->depth++] = frame;
    }
}

static void add_thing(typed_reader_t *t, typed_thing_t thing)
{
    if (t->thing_count == EBB_TYPED_OBJECTS_MAX) {
        (void)fail_typed(t, EBB_ERR_LIMIT);
    }
    if (!t->code) {
        t->things[t->thing_count++] = thing;
    }
}

/* A number of a thing that came before, and is of this kind. */
static size_t take_thing(typed_reader_t *t, int head, int what)
{
    size_t number = reference_of(t, head, t->thing_count);
    if (!t->code && (int)t->things[number].what != what) {
        (void)fail_typed(t, EBB_ERR_INPUT);
    }
    return t->code ? 0 : number;
}

/* A class and those above it. The number of the class; `*nil`: there is none. */
static size_t take_class(typed_reader_t *t, bool *nil)
{
    size_t own = t->thing_count;
    int head = take_head(t);
    bool is_new = head == TAG_NEW;
    *nil = head == TAG_NIL;
    for (; head == TAG_NEW && !t->code; head = take_head(t)) {
        typed_string_t name = take_shared_string(t);
        int64_t version = integer_of(t, take_head(t));
        add_thing(t, (typed_thing_t){TYPED_A_CLASS, (int32_t)version, name});
    }
    if (head == TAG_NIL || t->code) {
        return own;
    }
    size_t known = take_thing(t, head, TYPED_A_CLASS);
    return is_new ? own : known;
}

static void read_object(typed_reader_t *t)
{
    int head = take_head(t);
    if (head == TAG_NIL) {
        hand_typed(t, (ebb_typed_t){.what = EBB_TYPED_NIL});
        return;
    }
    if (head != TAG_NEW) {
        size_t number = take_thing(t, head, TYPED_AN_OBJECT);
        hand_typed(t,
                   (ebb_typed_t){.what = EBB_TYPED_AGAIN, .integer = (int64_t)number});
        return;
    }
    bool nil = false;
    add_thing(t, (typed_thing_t){.what = TYPED_AN_OBJECT});
    size_t class = take_class(t, &nil);
    if (nil) {
        (void)fail_typed(t, EBB_ERR_INPUT);
    }
    push_frame(t, (typed_frame_t){.what = FRAME_OBJECT});
    if (!t->code) {
        const typed_thing_t *thing = &t->things[class];
        t->objects++;
        hand_typed(t, (ebb_typed_t){.what = EBB_TYPED_OBJECT,
                                    .bytes = thing->name.bytes,
                                    .length = thing->name.length,
                                    .integer = thing->version});
    }
}

static void read_class_value(typed_reader_t *t)
{
    bool nil = false;
    size_t class = take_class(t, &nil);
    if (!t->code) {
        const typed_thing_t *thing = &t->things[nil ? 0 : class];
        hand_typed(t, nil ? (ebb_typed_t){.what = EBB_TYPED_NIL}
                          : (ebb_typed_t){.what = EBB_TYPED_CLASS,
                                          .bytes = thing->name.bytes,
                                          .length = thing->name.length,
                                          .integer = thing->version});
    }
}

/* A C string; it is numbered as objects are. */
static void read_word(typed_reader_t *t)
{
    int head = take_head(t);
    if (head == TAG_NIL) {
        hand_typed(t, (ebb_typed_t){.what = EBB_TYPED_NIL});
    } else if (head == TAG_NEW) {
        add_thing(t, (typed_thing_t){.what = TYPED_A_WORD});
        hand_string(t, EBB_TYPED_WORD, take_shared_string(t));
    } else {
        size_t number = take_thing(t, head, TYPED_A_WORD);
        hand_typed(t,
                   (ebb_typed_t){.what = EBB_TYPED_AGAIN, .integer = (int64_t)number});
    }
}

static void read_real(typed_reader_t *t, bool is_double)
{
    ebb_typed_t typed = {.what = EBB_TYPED_REAL};
    int head = take_head(t);
    if (head != TAG_REAL) {
        typed.real = (double)integer_of(t, head);
    } else if (is_double) {
        uint64_t bits = take_bytes(t, 8);
        memcpy(&typed.real, &bits, sizeof bits);
    } else {
        uint32_t bits = (uint32_t)take_bytes(t, 4);
        float single = 0;
        memcpy(&single, &bits, sizeof bits);
        typed.real = (double)single;
    }
    hand_typed(t, typed);
}

/* ---- types ---- */

/* The byte behind the type that begins at `type`: a letter, or brackets and what is
 * between them. NULL where it does not end. */
static const char *type_end(const char *type, const char *end)
{
    int open = 0;
    for (; type < end; type++) {
        open += *type == '[' || *type == '{';
        open -= *type == ']' || *type == '}';
        if (open <= 0) {
            return type + 1;
        }
    }
    return NULL;
}

/* "[12c]": so many of one type. Characters are taken as they are. */
static void read_array(typed_reader_t *t, const char *type, const char *end)
{
    uint64_t count = 0;
    const char *of = type + 1;
    for (; of < end - 1 && *of >= '0' && *of <= '9' && count < UINT32_MAX; of++) {
        count = count * 10 + (uint64_t)(*of - '0');
    }
    if (of >= end - 1 || type_end(of, end - 1) != end - 1 || of == type + 1) {
        (void)fail_typed(t, EBB_ERR_INPUT);
    } else if (*of != 'c' && *of != 'C') {
        push_frame(t, (typed_frame_t){FRAME_ARRAY, of, end - 1, count});
    } else if (has_bytes(t, count)) {
        typed_string_t bytes = {(const char *)t->at, (size_t)count};
        t->at += count;
        hand_string(t, EBB_TYPED_BYTES, bytes);
    }
}

/* "{name=types}". */
static void read_struct(typed_reader_t *t, const char *type, const char *end)
{
    const char *equals = memchr(type, '=', (size_t)(end - type));
    if (!equals) {
        (void)fail_typed(t, EBB_ERR_INPUT);
        return;
    }
    push_frame(t, (typed_frame_t){FRAME_VALUES, equals + 1, end - 1, 0});
}

static void read_letter(typed_reader_t *t, char letter)
{
    switch (letter) {
    case 'c':
        hand_integer(t, (int8_t)take_bytes(t, 1));
        return;
    case 'C':
    case 'B':
        hand_integer(t, (int64_t)take_bytes(t, 1));
        return;
    case 's':
    case 'i':
    case 'l':
    case 'q':
        hand_integer(t, integer_of(t, take_head(t)));
        return;
    case 'S':
    case 'I':
    case 'L':
    case 'Q':
        hand_integer(t, (int64_t)natural_of(t, take_head(t)));
        return;
    case 'f':
    case 'd':
        read_real(t, letter == 'd');
        return;
    case '+':
        hand_string(t, EBB_TYPED_BYTES, take_string(t));
        return;
    case '%':
    case ':':
        hand_string(t, EBB_TYPED_WORD, take_shared_string(t));
        return;
    case '*':
        read_word(t);
        return;
    case '#':
        read_class_value(t);
        return;
    case '@':
        read_object(t);
        return;
    case '!': /* declared, but not archived */
        return;
    default:
        (void)fail_typed(t, EBB_ERR_INPUT);
    }
}

/* Reads a value of the type in [type, end). */
static void read_typed_value(typed_reader_t *t, const char *type, const char *end)
{
    if (*type == '[') {
        read_array(t, type, end);
    } else if (*type == '{') {
        read_struct(t, type, end);
    } else {
        read_letter(t, *type);
    }
}

/* ---- the walk ---- */

/* A group: its types, then its values. */
static void begin_typed_group(typed_reader_t *t)
{
    typed_string_t types = take_shared_string(t);
    if (!types.bytes || types.length == 0) {
        (void)fail_typed(t, EBB_ERR_INPUT);
        return;
    }
    push_frame(
        t, (typed_frame_t){FRAME_VALUES, types.bytes, types.bytes + types.length, 0});
}

static void end_typed_object(typed_reader_t *t)
{
    t->at++;
    hand_typed(t, (ebb_typed_t){.what = EBB_TYPED_END});
    t->objects--;
    t->depth--;
}

static void step_typed(typed_reader_t *t)
{
    typed_frame_t *frame = &t->frames[t->depth - 1];
    const char *type = frame->type;
    switch (frame->what) {
    case FRAME_OBJECT:
        if (!has_bytes(t, 1)) {
            return;
        }
        if ((int8_t)*t->at == TAG_END) {
            end_typed_object(t);
        } else {
            begin_typed_group(t);
        }
        return;
    case FRAME_ARRAY:
        if (frame->left == 0) {
            t->depth--;
            return;
        }
        frame->left--;
        read_typed_value(t, type, frame->end);
        return;
    case FRAME_VALUES:
        break;
    }
    if (type == frame->end) {
        t->depth--;
        return;
    }
    frame->type = type_end(type, frame->end);
    if (!frame->type) {
        (void)fail_typed(t, EBB_ERR_INPUT);
        return;
    }
    read_typed_value(t, type, frame->type);
}

static void read_typed_head(typed_reader_t *t)
{
    static const char little[] = "streamtyped", big[] = "typedstream";
    uint64_t version = take_bytes(t, 1);
    typed_string_t signature = take_string(t);
    bool known = signature.bytes && signature.length == sizeof little - 1;
    t->big_endian = known && memcmp(signature.bytes, big, sizeof big - 1) == 0;
    bool is_little = known && memcmp(signature.bytes, little, sizeof little - 1) == 0;
    if (version != 4 || !(t->big_endian || is_little)) {
        (void)fail_typed(t, EBB_ERR_INPUT);
    }
    (void)integer_of(t, take_head(t)); /* of the system */
}

int ebb_typedstream_walk(const void *bytes, size_t size, ebb_typed_visit_t visit,
                         void *user)
{
    typed_reader_t t; /* its tables are filled as they are needed */
    t.at = bytes;
    t.end = t.at + size;
    t.big_endian = false;
    t.code = t.objects = t.depth = 0;
    t.visit = visit;
    t.user = user;
    t.string_count = t.thing_count = 0;
    read_typed_head(&t);
    /* nearly every step takes a byte, but arrays of nothing do not */
    for (uint64_t steps = 16 * (uint64_t)size; !t.code; steps--) {
        if (steps == 0) {
            (void)fail_typed(&t, EBB_ERR_LIMIT);
        } else if (t.depth > 0) {
            step_typed(&t);
        } else if (t.at < t.end) {
            begin_typed_group(&t);
        } else {
            break;
        }
    }
    return t.code;
}

/* ---- texts ---- */

#define TEXT_FOUND 1 /* not an error: nothing more is wanted */

typedef struct typed_text {
    const char *bytes;
    size_t length;
    bool in_string; /* an object that is a string has begun last */
} typed_text_t;

static int find_typed_text(void *user, const ebb_typed_t *typed)
{
    typed_text_t *text = user;
    if (typed->what == EBB_TYPED_OBJECT) {
        const char *name = typed->bytes ? typed->bytes : "";
        size_t n = typed->length;
        bool string = ebb_bytes_are(name, n, "NSString") ||
                      ebb_bytes_are(name, n, "NSMutableString");
        bool around = ebb_bytes_are(name, n, "NSAttributedString") ||
                      ebb_bytes_are(name, n, "NSMutableAttributedString");
        text->in_string = string && typed->depth <= 2;
        return text->in_string || (around && typed->depth == 1) ? 0 : EBB_ERR_INPUT;
    }
    if (!text->in_string || typed->what != EBB_TYPED_BYTES) {
        return EBB_ERR_INPUT; /* a text is the first thing in them */
    }
    text->bytes = typed->bytes;
    text->length = typed->length;
    return TEXT_FOUND;
}

int ebb_typedstream_text(const void *bytes, size_t size, const char **text,
                         size_t *length)
{
    typed_text_t found = {0};
    int code = ebb_typedstream_walk(bytes, size, find_typed_text, &found);
    *text = found.bytes;
    *length = found.length;
    return code == TEXT_FOUND ? EBB_OK : code ? code : EBB_ERR_INPUT;
}
