/* SPDX-License-Identifier: MIT
 * messages/typedstream.c: streams put together byte by byte from what is published of
 * the format (fixtures/typedstream/NAME.hex, with what each byte is), and what is in
 * them; streams that are cut off or broken; limits. Takes the folder of fixtures as its
 * argument. */
#include "fixture.h"
#include "messages/typedstream.h"

#define STREAM_MAX 8192

/* ---- dumps ---- */

/* The bytes of a dump: hexadecimal, "text", and comments behind '#'. */
static size_t read_dump(const char *dump, uint8_t *bytes)
{
    size_t n = 0;
    for (const char *c = dump; *c; c++) {
        char *end = NULL;
        if (*c == '#') {
            c += strcspn(c, "\n");
        } else if (*c == '"') {
            for (c++; *c != '"'; c++) {
                bytes[n++] = (uint8_t)*c;
            }
        } else if (*c != ' ' && *c != '\n') {
            bytes[n++] = (uint8_t)strtoul(c, &end, 16);
            CHECK(end == c + 2);
            c = end - 1;
        }
        c -= *c == '\0';
    }
    return n;
}

static size_t slurp_dump(const char *folder, const char *name, uint8_t *bytes)
{
    char path[600];
    size_t size = 0;
    (void)snprintf(path, sizeof path, "%s/../typedstream/%s.hex", folder, name);
    char *dump = fixture_slurp(path, &size);
    check_one(dump != NULL, path, __FILE__, __LINE__);
    size_t n = dump ? read_dump(dump, bytes) : 0;
    free(dump);
    return n;
}

static void tell_bytes(ebb_text_t *out, const ebb_typed_t *typed)
{
    bool plain = true;
    for (size_t i = 0; i < typed->length; i++) {
        plain &= (unsigned char)typed->bytes[i] >= 0x20 && typed->bytes[i] != 0x7F;
    }
    if (plain) {
        ebb_text_append(out, typed->bytes, typed->length);
        return;
    }
    for (size_t i = 0; i < typed->length; i++) {
        ebb_text_printf(out, "%s%02X", i ? " " : "", (unsigned char)typed->bytes[i]);
    }
}

/* One line for each thing that is read. */
static int tell_typed(void *user, const ebb_typed_t *typed)
{
    static const char *const words[] = {"object",  "end",  "again", "nil", "class",
                                        "integer", "real", "bytes", "word"};
    ebb_text_t *out = user;
    int around = typed->depth -
                 (typed->what == EBB_TYPED_OBJECT || typed->what == EBB_TYPED_END);
    ebb_text_printf(out, "%*s%s", 2 * around, "", words[typed->what]);
    switch (typed->what) {
    case EBB_TYPED_OBJECT:
    case EBB_TYPED_CLASS:
        ebb_text_printf(out, " %.*s %lld", (int)typed->length, typed->bytes,
                        (long long)typed->integer);
        break;
    case EBB_TYPED_AGAIN:
    case EBB_TYPED_INTEGER:
        ebb_text_printf(out, " %lld", (long long)typed->integer);
        break;
    case EBB_TYPED_REAL:
        ebb_text_printf(out, " %g", typed->real);
        break;
    case EBB_TYPED_BYTES:
    case EBB_TYPED_WORD:
        ebb_text_puts(out, " ");
        tell_bytes(out, typed);
        break;
    case EBB_TYPED_END:
    case EBB_TYPED_NIL:
        break;
    }
    ebb_text_puts(out, "\n");
    return 0;
}

static int pass_typed(void *user, const ebb_typed_t *typed)
{
    (void)typed;
    ++*(size_t *)user;
    return 0;
}

static void check_dump(const char *folder, const char *name)
{
    uint8_t bytes[STREAM_MAX];
    char path[600];
    size_t n = slurp_dump(folder, name, bytes), size = 0;
    (void)snprintf(path, sizeof path, "%s/../typedstream/%s.expected", folder, name);
    char *expected = fixture_slurp(path, &size);
    ebb_text_t out;
    ebb_text_init(&out, NULL);
    check_one(ebb_typedstream_walk(bytes, n, tell_typed, &out) == 0, name, __FILE__,
              __LINE__);
    check_string(out.data, expected, name, 0);
    ebb_text_free(&out);
    free(expected);
}

/* Cut anywhere but between groups, a stream is broken; nothing beyond its end is
 * looked at, which a sanitizer would tell. */
static void check_cuts(const char *folder, const char *name)
{
    uint8_t bytes[STREAM_MAX];
    size_t n = slurp_dump(folder, name, bytes), whole = 0;
    for (size_t cut = 0; cut < n; cut++) {
        uint8_t *part = malloc(cut + 1);
        size_t seen = 0;
        memcpy(part, bytes, cut);
        part = realloc(part, cut ? cut : 1);
        int code = ebb_typedstream_walk(part, cut, pass_typed, &seen);
        CHECK(code == 0 || code == EBB_ERR_INPUT);
        whole += code == 0;
        free(part);
    }
    /* before its only group, or before one of the eight of types.hex */
    check_one(whole <= (strcmp(name, "types") == 0 ? 8u : 1u), name, __FILE__,
              (int)whole);
}

/* Any byte may be anything. */
static void check_noise(const char *folder, const char *name)
{
    uint8_t bytes[STREAM_MAX];
    size_t n = slurp_dump(folder, name, bytes);
    for (size_t i = 0; i < n; i++) {
        uint8_t was = bytes[i];
        for (int value = 0; value < 256; value++) {
            size_t seen = 0;
            bytes[i] = (uint8_t)value;
            int code = ebb_typedstream_walk(bytes, n, pass_typed, &seen);
            CHECK(code == 0 || code == EBB_ERR_INPUT || code == EBB_ERR_LIMIT);
        }
        bytes[i] = was;
    }
}

/* ---- texts ---- */

static void expect_text(const char *folder, const char *name, const char *wanted)
{
    uint8_t bytes[STREAM_MAX];
    size_t n = slurp_dump(folder, name, bytes), length = 0;
    const char *text = NULL;
    int code = ebb_typedstream_text(bytes, n, &text, &length);
    CHECK((code == 0) == (wanted != NULL));
    if (code == 0 && wanted) {
        CHECK(length == strlen(wanted) && memcmp(text, wanted, length) == 0);
    }
}

static void test_texts(const char *folder)
{
    expect_text(folder, "plain", "Good night \xF0\x9F\x8C\x99");
    expect_text(folder, "long",
                "\xEF\xBF\xBC"
                "see you at the station at nine, platform two; if the train is late I "
                "will wait in the cafe next to the clock, as we did in May, and read "
                "until you");
    expect_text(folder, "types", NULL);
}

/* A stream of the head and some bytes, walked through. */
static int walk_bytes(const char *dump, size_t *seen)
{
    uint8_t bytes[STREAM_MAX];
    ebb_text_t whole;
    ebb_text_init(&whole, NULL);
    ebb_text_printf(&whole, "04 0B \"streamtyped\" 81 E8 03 %s", dump);
    size_t n = read_dump(whole.data, bytes);
    ebb_text_free(&whole);
    *seen = 0;
    return ebb_typedstream_walk(bytes, n, pass_typed, seen);
}

static void test_broken(void)
{
    size_t seen = 0;
    CHECK(walk_bytes("", &seen) == 0 && seen == 0);
    CHECK(walk_bytes("84 01 \"i\" 05", &seen) == 0 && seen == 1);
    CHECK(walk_bytes("84 01 \"i\" 88", &seen) == EBB_ERR_INPUT); /* an unknown tag */
    CHECK(walk_bytes("84 01 \"x\" 05", &seen) == EBB_ERR_INPUT); /* an unknown type */
    CHECK(walk_bytes("84 02 \"[3\" 05", &seen) == EBB_ERR_INPUT);
    CHECK(walk_bytes("84 02 \"[]\" 05", &seen) == EBB_ERR_INPUT);
    CHECK(walk_bytes("84 03 \"[i]\" 05", &seen) == EBB_ERR_INPUT);
    CHECK(walk_bytes("84 05 \"[2ii]\" 05 05 05 05", &seen) == EBB_ERR_INPUT);
    CHECK(walk_bytes("84 03 \"{i}\" 05", &seen) == EBB_ERR_INPUT);
    CHECK(walk_bytes("84 01 \"]\" 05", &seen) == EBB_ERR_INPUT);
    CHECK(walk_bytes("84 00", &seen) == EBB_ERR_INPUT); /* no types */
    CHECK(walk_bytes("85", &seen) == EBB_ERR_INPUT);
    CHECK(walk_bytes("86", &seen) == EBB_ERR_INPUT);
    CHECK(walk_bytes("92", &seen) == EBB_ERR_INPUT); /* of no string so far */
    CHECK(walk_bytes("84 01 \"@\" 92", &seen) == EBB_ERR_INPUT);
    CHECK(walk_bytes("84 01 \"@\" 84 85", &seen) == EBB_ERR_INPUT); /* of no class */
    CHECK(walk_bytes("84 01 \"@\" 84 92", &seen) == EBB_ERR_INPUT); /* no class */
    CHECK(walk_bytes("84 01 \"+\" 82 FF FF FF FF", &seen) == EBB_ERR_INPUT);
    CHECK(walk_bytes("84 0C \"[4294967295c]\"", &seen) == EBB_ERR_INPUT);
    CHECK(walk_bytes("84 0D \"[4294967295c]\"", &seen) == EBB_ERR_INPUT);
    /* things of nothing, more than there is time for */
    CHECK(walk_bytes("84 0D \"[4294967295!]\"", &seen) == EBB_ERR_LIMIT);
}

static void test_limits(void)
{
    ebb_text_t dump;
    size_t seen = 0;
    ebb_text_init(&dump, NULL);
    ebb_text_puts(&dump, "84 01 \"@\" 84 84 84 01 \"C\" 00 85 ");
    for (int i = 0; i < 30; i++) {
        ebb_text_puts(&dump, "92 84 93 ");
    }
    ebb_text_puts(&dump, "92 85 "); /* 31 objects, each a group and itself; a group */
    CHECK(walk_bytes(dump.data, &seen) == EBB_ERR_INPUT && seen == 32);
    dump.length -= 6;
    ebb_text_puts(&dump, "92 84 93 92 84 93 ");
    CHECK(walk_bytes(dump.data, &seen) == EBB_ERR_LIMIT);
    ebb_text_free(&dump);
    for (int i = 0; i <= EBB_TYPED_STRINGS_MAX; i++) {
        ebb_text_puts(&dump, "84 01 \"!\" ");
    }
    CHECK(walk_bytes(dump.data, &seen) == EBB_ERR_LIMIT);
    ebb_text_free(&dump);
    ebb_text_puts(&dump, "84 01 \"*\" 84 84 01 \"a\" ");
    for (int i = 1; i < EBB_TYPED_OBJECTS_MAX / 2; i++) {
        ebb_text_puts(&dump, "92 84 93 ");
    }
    CHECK(walk_bytes(dump.data, &seen) == 0 && seen == EBB_TYPED_OBJECTS_MAX / 2);
    ebb_text_free(&dump);
}

int main(int argc, char **argv)
{
    static const char *const names[] = {"plain", "long", "types"};
    const char *folder = argc > 1 ? argv[1] : "tests/fixtures/messages";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        check_dump(folder, names[i]);
        check_cuts(folder, names[i]);
        check_noise(folder, names[i]);
    }
    test_texts(folder);
    test_broken();
    test_limits();
    return check_report(__FILE__);
}
