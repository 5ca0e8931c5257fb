/* SPDX-License-Identifier: MIT
 * messages/sms*.c, phonebook.c, xmlfeed.c and xmlmend.c: small backups, one for each
 * thing that SMS Backup & Restore does, with what is expected of them; any cut of the
 * input into chunks; limits; memory running out. Takes the folder of fixtures as its
 * argument. */
#include "chat.h"
#include "messages/addresses.h"
#include "messages/xmlmend.h"

static const char *const names[] = {
    "sms_plain",   "sms_surrogates", "sms_types",   "sms_mms",     "sms_group",
    "sms_numbers", "sms_by_number",  "sms_unnamed", "sms_alias",   "sms_nobody",
    "sms_calls",   "sms_cut_off",    "sms_broken",  "sms_doctype", "sms_nothing",
};

/* ---- what is and what is not a backup ---- */

static void test_sniff(void)
{
    const ebb_reader_t *sms = &ebb_reader_sms;
    CHECK(chat_sniff(sms, "<smses count=\"1\">") == 2);
    CHECK(chat_sniff(sms, "\xEF\xBB\xBF<?xml version='1.0'?>\r\n<!-- it's -->\n"
                          "<?xml-stylesheet href='a'?>\n<smses>") == 2);
    CHECK(chat_sniff(sms, "<calls count='2'>") == 2);
    CHECK(chat_sniff(sms, "<smsesx>") == 0 && chat_sniff(sms, "<sms ") == 0);
    CHECK(chat_sniff(sms, "<html><smses ") == 0 && chat_sniff(sms, "<!--") == 0);
    CHECK(chat_sniff(sms, "") == 0 && chat_sniff(sms, "<?xml <smses ") == 0);
}

/* ---- what is mended ---- */

/* The line and column of a mark against a count of the whole. */
static void check_place(const ebb_xmlmend_t *mend, const char *xml,
                        const ebb_xml_mark_t *mark)
{
    uint64_t line = 0, column = 0, wanted_line = 1, wanted_column = 1;
    ebb_xmlmend_place(mend, mark->passed, &line, &column);
    for (uint64_t i = 0; i < mark->read; i++) {
        wanted_column = xml[i] == '\n' ? 1 : wanted_column + 1;
        wanted_line += xml[i] == '\n';
    }
    CHECK(line == wanted_line && column == wanted_column);
}

/* What becomes of XML when it comes in pieces of `step` bytes. */
static void mend_all(const char *xml, size_t step, char *out)
{
    static const char *const words[] = {"", "b", "bb"};
    ebb_keys_t wanted;
    ebb_xml_mark_t marks[EBB_XML_MARKS(4096)];
    char held[4096];
    size_t size = strlen(xml), read = 0, n = 0, used = 0;
    ebb_keys_prepare(&wanted, words, 3);
    ebb_xmlmend_t mend = {.wanted = &wanted, .marks = marks};
    while (read < size) {
        size_t more = size - read < step ? size - read : step;
        memcpy(held + n, xml + read, more);
        read += more;
        n += more;
        size_t left = 0, whole = n;
        size_t passed = ebb_xmlmend(&mend, held, n, read == size, &left);
        CHECK(passed + left <= whole && left <= EBB_XML_HELD_MAX);
        CHECK(mend.read == read - left && (left == 0 || read < size));
        memcpy(out + used, held, passed);
        used += passed;
        memmove(held, held + whole - left, left);
        n = left;
        for (size_t i = 0; i < mend.mark_count; i++) {
            const ebb_xml_mark_t *mark = &marks[i];
            CHECK(xml[mark->read] == '<' && out[mark->passed] == '<');
            check_place(&mend, xml, mark);
        }
    }
    CHECK(mend.passed == used);
    out[used] = '\0';
}

static void expect_mended(const char *xml, const char *wanted)
{
    char out[4096];
    for (size_t step = 1; step <= strlen(xml) + 1; step++) {
        mend_all(xml, step, out);
        check_string(out, wanted, xml, (int)step);
    }
}

static void test_mend(void)
{
    /* as many bytes as before: the reference is filled up with noughts */
    expect_mended("<a b=\"&#55357;&#56834;\"/>", "<a b=\"&#0000000128514;\"/>");
    expect_mended("<a b='&#xD83D;&#xDE02;'/>", "<a b='&#x00000001F602;'/>");
    expect_mended("<a b='&#55357;&#55357;&#56834;'/>",
                  "<a b='&#65533;&#0000000128514;'/>");
    expect_mended("<a b='&#56834;'/>", "<a b='&#65533;'/>");
    expect_mended("<a b='&#0;&#00;&#x1f;'/>", "<a b='&#9;&#09;&#x09;'/>");
    expect_mended("<a b='&#10;&#13;&#9;&#65;&#x10FFFF;'/>",
                  "<a b='&#10;&#13;&#9;&#65;&#x10FFFF;'/>");
    expect_mended("<a b='&#1114112;&#99999999999999;'/>",
                  "<a b='&#0065533;&#00000000065533;'/>");
    expect_mended("<a b='&amp;&#;&#x;&#12&#'/>", "<a b='&amp;&#;&#x;&#12&#'/>");
    expect_mended("<a b='x\x01y\x1Fz\x7F\tq'/>", "<a b='x y z\x7F\tq'/>");
    /* in text too, not in comments */
    expect_mended("<a>&#55357;&#56834;</a>", "<a>&#0000000128514;</a>");
    expect_mended("<!-- & it's > &#0; --><a/>", "<!-- & it's > &#0; --><a/>");
    expect_mended("<?a '?><b b='&#0;'/>", "<?a '?><b b='&#9;'/>");
    expect_mended("<a><![CDATA[<'\"]>]]><b b='&#0;'/></a>",
                  "<a><![CDATA[<'\"]>]]><b b='&#9;'/></a>");
}

static void test_thin_out(void)
{
    expect_mended("<p data=\"AAAA\" b='c'/>", "<p b='c'/>");
    expect_mended("<p\n\tdata = 'A\"\n&#0;>A'><q c=''/></p>", "<p><q/></p>");
    expect_mended("<p b ='1'\nc='2' bb= '3' bbb='4' ><b b='5'/></p>",
                  "<p b ='1' bb= '3' ><b b='5'/></p>");
    expect_mended("<p b=' c=\"A\"' c=' b=\"B\"'>c=\"x\"</p>",
                  "<p b=' c=\"A\"'>c=\"x\"</p>");
    expect_mended("<p>\n <q/>\t<r/> x <s/>\n</p>\n", "<p><q/><r/> x <s/></p>");
    /* what is wrong stays wrong */
    expect_mended("<p b='1' b='2'/>", "<p b='1' b='2'/>");
    expect_mended("<p c d='1' e'2' '3' =''/>", "<p c d='1' e'2' '3' =''/>");
    expect_mended("<p b='1'c='2'/>", "<p b='1'c='2'/>");
    expect_mended("<p <q c='2'/>", "<p <q c='2'/>");
    expect_mended("<p c='2", "<p");
    expect_mended("<!DOCTYPE a SYSTEM \"x\">", "<!DOCTYPE a SYSTEM \"x\">");
}

/* ---- addresses ---- */

static void test_addresses(void)
{
    CHECK(ebb_addresses_match("+49 170 1234567", "0049-170/123.45 67"));
    CHECK(ebb_addresses_match("+491701234567", "0170 1234567"));
    CHECK(ebb_addresses_match("0170 1234567", "+491701234567"));
    CHECK(ebb_addresses_match("(212) 555-0123", "+1 212 555 0123"));
    CHECK(!ebb_addresses_match("+491701234567", "+431701234567"));
    CHECK(!ebb_addresses_match("+491701234567", "0171 1234567"));
    /* 1 and 8 before ten digits are dialled at home, in other lengths they are not */
    CHECK(ebb_addresses_match("12125550123", "2125550123"));
    CHECK(ebb_addresses_match("12125550123", "+12125550123"));
    CHECK(ebb_addresses_match("8 916 123-45-67", "+79161234567"));
    CHECK(ebb_addresses_match("13812345678", "+86 138 1234 5678"));
    CHECK(ebb_addresses_match("0170 1234567", "170 1234567"));
    CHECK(ebb_addresses_match("06 1234 5678", "+39 06 1234 5678"));
    CHECK(!ebb_addresses_match("81234567", "+65 9123 4567"));
    CHECK(!ebb_addresses_match("12125550123", "3125550123"));
    CHECK(!ebb_addresses_match("22125550123", "2125550123"));
    CHECK(!ebb_addresses_match("+12125550123", "+2125550123"));
    CHECK(!ebb_addresses_match("1234567", "12345678"));
    CHECK(!ebb_addresses_match("11833", "+4911833"));
    CHECK(ebb_addresses_match("11833", "118-33"));
    CHECK(ebb_addresses_match("Ana@Example.org", "ana@example.org"));
    CHECK(!ebb_addresses_match("DHL", "0170 1234567"));
    CHECK(!ebb_addresses_match("+", "") && !ebb_addresses_match("+49a", "+49"));
    CHECK(!ebb_addresses_match("123456789012345678901234567890123", "+1"));
}

/* ---- limits ---- */

static int read_text(const char *text, size_t length, ebb_history_t **history,
                     ebb_error_t *error)
{
    fixture_t none;
    memset(&none, 0, sizeof none);
    *error = (ebb_error_t){0};
    return fixture_import(&none, text, length, history, error);
}

#define SMS(type, body)                                                             \
    "<sms address='+491701234567' date='1714932069000' type='" type "' body='" body \
    "'/>\n"

/* many megabytes of a picture pass through in the memory of one chunk */
static void test_large_picture(void)
{
    ebb_text_t text;
    ebb_history_t *history = NULL;
    ebb_error_t error;
    ebb_text_init(&text, NULL);
    ebb_text_puts(
        &text, "<smses>" SMS("1", "a") "<mms address='+491701234567' "
                                       "date='1714932070000' msg_box='2'><parts><part "
                                       "ct='image/png' data='");
    while (text.length < (size_t)20 << 20) {
        ebb_text_puts(&text,
                      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4");
    }
    ebb_text_puts(&text, "'/><part ct='text/plain' text='so far'/></parts></mms>\n"
                         "<sms address='x' date='' type='1'/></smses>");
    CHECK(read_text(text.data, text.length, &history, &error) == EBB_OK);
    size_t count = 0;
    const ebb_event_t *events = ebb_history_events(history, &count);
    CHECK(count == 2 && events[1].kind == EBB_KIND_MEDIA && events[1].characters == 6);
    const ebb_source_t *source = &ebb_history_account(history)->sources[0];
    CHECK(source->not_understood == 1 && source->positions[0].line == 3 &&
          source->positions[0].column == 1);
    ebb_history_free(history);
    ebb_text_free(&text);
}

/* A backup with a message of each of `count` addresses: a number between two texts. */
static int read_addresses(const char *const around[2], int count, ebb_error_t *error)
{
    ebb_text_t text;
    ebb_history_t *history = NULL;
    ebb_text_init(&text, NULL);
    ebb_text_puts(&text, "<smses>");
    for (int i = 0; i < count; i++) {
        ebb_text_puts(&text, "<sms date='1714932069000' type='1' address='");
        ebb_text_printf(&text, "%s%07d%s'/>", around[0], i, around[1]);
    }
    ebb_text_puts(&text, "</smses>");
    int code = read_text(text.data, text.length, &history, error);
    ebb_history_free(history);
    ebb_text_free(&text);
    return code;
}

/* many addresses take as long as they are many; what would take longer is refused */
static void test_addresses_many(void)
{
    static const char *const mail[2] = {"ana", "@example.org"};
    static const char *const number[2] = {"+49170", ""};
    static const char *const alike[2] = {"+49", "1234567"};
    ebb_error_t error;
    CHECK(read_addresses(mail, 60000, &error) == EBB_ERR_CHOICE);
    CHECK(read_addresses(mail, 60001, &error) == EBB_ERR_LIMIT);
    CHECK(strstr(error.text, "60000") != NULL);
    CHECK(read_addresses(number, 60000, &error) == EBB_ERR_CHOICE);
    CHECK(read_addresses(alike, 65, &error) == EBB_ERR_CHOICE);
    CHECK(read_addresses(alike, 66, &error) == EBB_ERR_LIMIT);
}

/* what has the most tags that must be marked, in chunks that are full */
static void test_marks(void)
{
    static const char *const most[] = {"<> ", "<\n>", "<>\n", "<a b=''c=''>"};
    for (size_t i = 0; i < sizeof most / sizeof *most; i++) {
        ebb_text_t text;
        ebb_history_t *history = NULL;
        ebb_error_t error;
        ebb_text_init(&text, NULL);
        ebb_text_puts(&text, "<smses>");
        while (text.length < (size_t)300 << 10) {
            ebb_text_puts(&text, most[i]);
        }
        CHECK(read_text(text.data, text.length, &history, &error) != EBB_OK);
        CHECK(error.line == 1);
        ebb_text_free(&text);
    }
}

/* An input that is watched: where the reading is, and how often it went back. */
typedef struct watched {
    const char *text;
    uint64_t at;
    int begun;
} watched_t;

static int64_t watched_read(const ebb_input_t *input, uint64_t offset, void *bytes,
                            size_t length)
{
    watched_t *w = (watched_t *)(uintptr_t)input->user;
    uint64_t left = input->size - offset;
    size_t n = left < length ? (size_t)left : length;
    w->begun += offset != w->at || offset == 0;
    memcpy(bytes, w->text + offset, n);
    w->at = offset + n;
    return (int64_t)n;
}

/* A backup is read forwards once after its format is known, however many places are
 * told: a zip would unpack it again for each step back. */
static void test_forwards(void)
{
    ebb_text_t text;
    ebb_import_t *import = NULL;
    ebb_history_t *history = NULL;
    ebb_error_t error = {0};
    ebb_text_init(&text, NULL);
    ebb_text_puts(&text, "<smses>\n" SMS("1", "a") SMS("2", "b"));
    for (int i = 0; i < 20000; i++) {
        ebb_text_puts(&text, "<sms address='' date='1' type='1'/>\n");
    }
    ebb_text_puts(&text, "</smses>");
    watched_t watched = {.text = text.data};
    ebb_input_t input = {.read_at = watched_read,
                         .user = &watched,
                         .size = text.length,
                         .label = "watched"};
    CHECK(ebb_import_open(&import, NULL, &error) == EBB_OK);
    CHECK(ebb_import_add(import, &input, &error) == EBB_OK);
    CHECK(ebb_import_finish(import, &history, &error) == EBB_OK);
    CHECK(watched.begun == 2 && watched.at == text.length);
    const ebb_source_t *source = &ebb_history_account(history)->sources[0];
    CHECK(source->not_understood == 20000 && source->positions[19].line == 23);
    ebb_history_free(history);
    ebb_import_free(import);
    ebb_text_free(&text);
}

static void test_limits(void)
{
    ebb_text_t text;
    ebb_history_t *history = NULL;
    ebb_error_t error;
    ebb_text_init(&text, NULL);
    ebb_text_puts(&text, "<smses>" SMS("1", "a"));
    for (int i = 0; i < 31; i++) {
        ebb_text_puts(&text, "<a>");
    }
    size_t deep = text.length;
    ebb_text_puts(&text, "<a>");
    CHECK(read_text(text.data, text.length, &history, &error) == EBB_ERR_LIMIT);
    CHECK(error.line == 2 && error.column == 31 * 3 + 1);
    CHECK(read_text(text.data, deep, &history, &error) == EBB_ERR_INPUT);
    ebb_text_free(&text);
    ebb_text_puts(&text, "<smses>\n<sms body='");
    while (text.length < (size_t)3 << 20) {
        ebb_text_puts(&text, "word after word ");
    }
    CHECK(read_text(text.data, text.length, &history, &error) == EBB_ERR_LIMIT);
    CHECK(strstr(error.text, "MiB") != NULL && error.line == 2);
    ebb_text_free(&text);
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : "tests/fixtures/messages";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        fixture_check(folder, names[i], ".xml");
    }
    test_sniff();
    test_mend();
    test_thin_out();
    test_addresses();
    test_large_picture();
    test_forwards();
    test_marks();
    test_addresses_many();
    test_limits();
    chat_check_chunks(folder, "sms_surrogates", ".xml", "<smses count=\"7\">");
    chat_check_chunks(folder, "sms_mms", ".xml", "<smses count=\"6\">");
    chat_check_memory(folder, "sms_mms", ".xml", 500);
    chat_check_memory(folder, "sms_numbers", ".xml", 500);
    return check_report(__FILE__);
}
