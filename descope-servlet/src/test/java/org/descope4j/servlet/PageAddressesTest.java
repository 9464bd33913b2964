package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule for one address of a page holds for all of them. The five servers answer to the same in EveryAddressIT. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PageAddressesTest {
    private static final String FACES = "jakarta.faces.webapp.FacesServlet";

    /** What WildFly, Open Liberty and Payara do for a WAR with nothing but a faces-config.xml. */
    private final ApplicationParts facesByServer =
            new ApplicationParts().servlet(FACES, "/faces/*", "*.jsf", "*.faces", "*.xhtml");

    @ParameterizedTest
    @CsvSource({
        "/secret/*, /faces/secret/list.xhtml",
        "/secret/*, /faces/faces/secret/list.xhtml",
        "/secret/*, /faces/secret/list.jsf",
        "/secret/list.xhtml, /secret/list.jsf",
        "/secret/list.xhtml, /secret/list.faces",
        "/secret/list.xhtml, /faces/secret/list.xhtml",
        "/secret/list.xhtml, /faces/secret/list.faces",
        "/secret/list.jsf, /secret/list.xhtml",
        "/secret/list.jsf, /faces/secret/list.xhtml",
        "/faces/secret/*, /secret/list.xhtml",
        "/faces/secret/*, /secret/list.jsf",
        "/faces/secret/list.xhtml, /secret/list.faces"
    })
    void N9_a_faces_page_is_its_view_under_every_mapping(String rule, String path) {
        assertThat(isProtected(rule, "", path, facesByServer)).isTrue();
        assertThat(isProtected(rule, "", path.replace("secret", "other"), facesByServer))
                .isFalse();
    }

    @Test
    void N9_a_faces_page_without_an_ending_is_its_view() {
        ApplicationParts extensionless = new ApplicationParts().servlet(FACES, "*.xhtml", "/secret/list", "/help");

        assertThat(isProtected("/secret/list.xhtml", "", "/secret/list", extensionless))
                .isTrue();
        assertThat(isProtected("/secret/list", "", "/secret/list.xhtml", extensionless))
                .isTrue();
        assertThat(isProtected("/secret/list.xhtml", "", "/help", extensionless))
                .isFalse();
    }

    @Test
    void N9_the_source_of_a_view_is_protected_as_the_page_is() {
        ApplicationParts jsfOnly = new ApplicationParts().servlet(FACES, "*.jsf");

        assertThat(isProtected("/secret/list.jsf", "", "/secret/list.xhtml", jsfOnly))
                .isTrue();
    }

    @Test
    void N9_an_ending_of_views_that_the_application_chose_counts() {
        ApplicationParts own = new ApplicationParts()
                .servlet(FACES, "*.jsf")
                .parameter("jakarta.faces.FACELETS_SUFFIX", ".view")
                .parameter("jakarta.faces.DEFAULT_SUFFIX", ".page .xhtml");

        assertThat(isProtected("/secret/list.view", "", "/secret/list.jsf", own))
                .isTrue();
        assertThat(isProtected("/secret/list.page", "", "/secret/list.jsf", own))
                .isTrue();
    }

    @Test
    void N9_where_there_is_no_faces_a_path_is_what_it_is() {
        assertThat(isProtected("/secret/*", "", "/faces/secret/list.xhtml", new ApplicationParts()))
                .isFalse();
        assertThat(isProtected("/secret/list.jsf", "", "/secret/list.xhtml", new ApplicationParts()))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"/wdir/", "/wdir/.", "/wdir/;x", "/wdir/%2e", "/open/../wdir/", "/wdir/x/..", "//wdir//"})
    void N9_a_directory_is_its_welcome_file(String path) {
        ApplicationParts parts = new ApplicationParts().file("/wdir/index.html").file("/index.html");

        assertThat(isProtected("/wdir/index.html", "", path, parts)).isTrue();
        assertThat(isProtected("/index.html", "", path, parts)).isFalse();
    }

    @Test
    void N9_a_directory_is_the_welcome_file_that_the_server_takes() {
        ApplicationParts parts = new ApplicationParts()
                .webXml("<welcome-file-list><welcome-file> start.do </welcome-file><welcome-file>/home/a.html"
                        + "</welcome-file><welcome-file>servlet</welcome-file></welcome-file-list>")
                .servlet("com.example.Action", "*.do")
                .servlet("com.example.Page", "/wdir/servlet")
                .file("/home/a.html")
                .file("/index.html");

        assertThat(isProtected("/start.do", "", "/", parts)).isTrue();
        assertThat(isProtected("/home/*", "", "/", parts)).isTrue();
        assertThat(isProtected("/wdir/servlet", "", "/wdir/", parts)).isTrue();
        assertThat(isProtected("/index.html", "", "/", parts)).isFalse();
        assertThat(isProtected("/servlet", "", "/", parts)).isFalse();
    }

    @Test
    void N9_a_welcome_file_of_faces_is_its_view() {
        facesByServer
                .webXml("<welcome-file-list><welcome-file>faces/index.xhtml</welcome-file></welcome-file-list>")
                .file("/index.xhtml");

        assertThat(isProtected("/index.xhtml", "", "/", facesByServer)).isTrue();
        assertThat(isProtected("/index.jsf", "", "/", facesByServer)).isTrue();
    }

    @Test
    void N9_files_that_the_server_mounts_once_more_are_protected_there_too() {
        ApplicationParts mounted =
                new ApplicationParts().servlet("org.apache.catalina.servlets.WebdavServlet", "/", "/files/*");

        assertThat(isProtected("/secret/*", "", "/files/secret/a.txt", mounted)).isTrue();
        assertThat(isProtected("/secret/*", "", "/files/open/a.txt", mounted)).isFalse();
    }

    @Test
    void N9_only_what_faces_shows_has_the_addresses_of_a_view() {
        ApplicationParts prefixOnly = new ApplicationParts().servlet(FACES, "/faces/*");
        ApplicationParts endingOnly = new ApplicationParts().servlet(FACES, "*.jsf");
        ApplicationParts exactOnly = new ApplicationParts().servlet(FACES, "/secret/list");

        assertThat(isProtected("/secret/*", "", "/faces/secret/a.txt", prefixOnly))
                .isTrue();
        assertThat(isProtected("/a.jsp", "", "/a.txt", prefixOnly)).isFalse();
        assertThat(isProtected("/a.jsp", "", "/facesx/a.txt", prefixOnly)).isFalse();
        assertThat(isProtected("/a.xhtml", "", "/a.jsf", endingOnly)).isTrue();
        assertThat(isProtected("/a.xhtml", "", "/a.txt", endingOnly)).isFalse();
        assertThat(isProtected("/secret/list.xhtml", "", "/secret/list", exactOnly))
                .isTrue();
        assertThat(isProtected("/other.xhtml", "", "/other", exactOnly)).isFalse();
    }

    @Test
    void N9_what_is_set_for_views_and_is_no_ending_is_left_out() {
        ApplicationParts odd = new ApplicationParts()
                .servlet(FACES, "*.jsf")
                .parameter("jakarta.faces.FACELETS_VIEW_MAPPINGS", "/views/*;*.page");

        assertThat(isProtected("/a.page", "", "/a.jsf", odd)).isTrue();
        assertThat(isProtected("/a/views/*", "", "/a.jsf", odd)).isFalse();
    }

    @Test
    void N9_a_mapping_to_everything_mounts_nothing_once_more() {
        ApplicationParts everything =
                new ApplicationParts().servlet("org.apache.catalina.servlets.DefaultServlet", "/*");

        assertThat(isProtected("/secret/*", "", "/x/secret/a.txt", everything)).isFalse();
        assertThat(isProtected("/secret/*", "", "/secret/a.txt", everything)).isTrue();
    }

    @Test
    void N9_a_servlet_at_everything_is_no_welcome_file() {
        ApplicationParts everything = new ApplicationParts().servlet("com.example.Page", "/*", "/w/*", "*.jsp");

        assertThat(isProtected("/x/index.html", "", "/x/", everything)).isFalse();
        assertThat(isProtected("/w/index.html", "", "/w/", everything)).isTrue();
        assertThat(isProtected("/x/index.jsp", "", "/x/", everything)).isFalse();
    }

    @Test
    void N9_public_paths_open_the_path_that_they_name_and_no_other_page_behind_it() {
        facesByServer.file("/index.html").file("/wdir/index.html");

        assertThat(isProtected("/s/*", "/faces/*", "/faces/s/list.xhtml", facesByServer))
                .isTrue();
        assertThat(isProtected("/wdir/index.html", "/wdir/*", "/wdir/", facesByServer))
                .isTrue();
        // what is opened of a rule stays open by its other addresses
        assertThat(isProtected("/*", "/", "/", facesByServer)).isFalse();
        assertThat(isProtected("/*", "/faces/help/*", "/faces/help/a.xhtml", facesByServer))
                .isFalse();
        assertThat(isProtected("/*", "/faces/help/*", "/faces/other/a.xhtml", facesByServer))
                .isTrue();
    }

    @Test
    void N9_two_addresses_with_two_roles_need_both() {
        ProtectedPaths paths = ProtectedPaths.of(AuthPaths.DEFAULT, "/secret/*=admin,/faces/*=clerk", "");

        assertThat(paths.needOf(Requests.to("/faces/secret/list.xhtml", facesByServer))
                        .orElseThrow()
                        .roles())
                .containsExactlyInAnyOrder("admin", "clerk");
    }

    @Test
    void N9_other_rules_for_a_page_hold_for_every_address_too() {
        SettingValues values = new SettingValues(Map.of(
                SettingKey.FRESH_PATHS, new SettingValues.Found("/secret/*=5m", "test"),
                SettingKey.ONLINE_CHECK_PATHS, new SettingValues.Found("/secret/*", "test")));

        assertThat(FreshPaths.from(values).oldestFor(Requests.to("/faces/secret/list.xhtml", facesByServer)))
                .isPresent();
        assertThat(PathPattern.anyMatches(
                        PathPattern.listOf(SettingKey.ONLINE_CHECK_PATHS, values),
                        Requests.to("/faces/secret/list.xhtml", facesByServer)))
                .isTrue();
    }

    @Test
    void C25_options_go_on_without_a_user_only_where_every_address_of_the_page_says_so() {
        SettingValues values =
                new SettingValues(Map.of(SettingKey.ONLINE_CHECK_PATHS, new SettingValues.Found("/faces/*", "test")));

        assertThat(PathPattern.eachAddressMatches(
                        PathPattern.listOf(SettingKey.ONLINE_CHECK_PATHS, values),
                        Requests.to("/faces/secret/list.xhtml", facesByServer)))
                .isFalse();
    }

    private static boolean isProtected(String rule, String open, String path, ApplicationParts application) {
        return ProtectedPaths.of(AuthPaths.DEFAULT, rule, open)
                .needOf(Requests.to(path, application))
                .isPresent();
    }
}
