package org.descope4j.emulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Users, access keys and projects as control requests and seed files write them. Fields of other names are refused. */
final class StageJson {
    private static final Set<String> USER = Set.of(
            "userId",
            "loginIds",
            "name",
            "givenName",
            "middleName",
            "familyName",
            "email",
            "phone",
            "verifiedEmail",
            "verifiedPhone",
            "picture",
            "customAttributes",
            "test",
            "roles",
            "permissions",
            "tenants");
    private static final Set<String> ACCESS_KEY =
            Set.of("name", "key", "roles", "permissions", "tenants", "customClaims");
    private static final Set<String> MEMBERSHIP = Set.of("id", "name", "roles", "permissions");
    private static final Set<String> TENANT = Set.of("id", "name", "customAttributes");
    private static final Set<String> ROLE = Set.of("name", "description", "permissions", "tenantId", "default");
    private static final Set<String> PERMISSION = Set.of("name", "description");
    private static final Set<String> PROJECT = Set.of(
            "projectId",
            "sessionLifetime",
            "refreshLifetime",
            "linkLifetime",
            "rolesForNewUsers",
            "rotatesRefreshTokens",
            "rotationGracePeriod",
            "managementKey",
            "authManagementKey",
            "tokensInCookies",
            "sessionCookieName",
            "refreshCookieName",
            "signingAlgorithm",
            "issuerForm",
            "customClaims",
            "tenants",
            "roles",
            "permissions",
            "users",
            "accessKeys");

    private final Map<String, String> tenantNames;

    private StageJson(Map<String, String> tenantNames) {
        this.tenantNames = tenantNames;
    }

    static NewUser user(Body body) {
        return new StageJson(Map.of()).readUser(body);
    }

    static NewAccessKey accessKey(Body body) {
        return new StageJson(Map.of()).readAccessKey(body);
    }

    static NewProject project(Body body) {
        body.allowingOnly(PROJECT);
        Map<String, String> tenantNames = new LinkedHashMap<>();
        body.objects("tenants")
                .forEach(tenant -> tenantNames.put(tenant.requiredText("id"), tenant.requiredText("name")));
        return at(body, () -> new StageJson(tenantNames).readProject(body));
    }

    private NewProject readProject(Body body) {
        NewProject.Builder project = NewProject.builder(body.requiredText("projectId"));
        body.duration("sessionLifetime").ifPresent(project::sessionLifetime);
        body.duration("refreshLifetime").ifPresent(project::refreshLifetime);
        body.duration("linkLifetime").ifPresent(project::linkLifetime);
        body.duration("rotationGracePeriod").ifPresent(project::rotationGracePeriod);
        body.text("managementKey").ifPresent(project::managementKey);
        body.text("authManagementKey").ifPresent(project::authManagementKey);
        body.text("signingAlgorithm").map(SigningAlgorithm::named).ifPresent(project::signingAlgorithm);
        body.text("issuerForm").map(IssuerForm::named).ifPresent(project::issuerForm);
        project.rolesForNewUsers(body.texts("rolesForNewUsers").toArray(String[]::new))
                .rotatesRefreshTokens(body.flag("rotatesRefreshTokens"))
                .tokensInCookies(body.flag("tokensInCookies"))
                .cookieNames(
                        body.text("sessionCookieName").orElse("DS"),
                        body.text("refreshCookieName").orElse("DSR"))
                .customClaims(body.object("customClaims").fields());
        body.objects("tenants").forEach(tenant -> project.tenant(tenant(tenant.allowingOnly(TENANT))));
        body.objects("permissions")
                .forEach(permission -> project.permission(permission(permission.allowingOnly(PERMISSION))));
        body.objects("roles").forEach(role -> project.role(role(role.allowingOnly(ROLE))));
        body.objects("users").forEach(user -> project.user(readUser(user)));
        body.objects("accessKeys").forEach(key -> project.accessKey(readAccessKey(key)));
        requireDefinedNames(body);
        return project.build();
    }

    private static Tenants.Entry tenant(Body body) {
        return new Tenants.Entry(
                body.requiredText("id"),
                body.requiredText("name"),
                body.object("customAttributes").fields(),
                List.of(),
                Instant.EPOCH);
    }

    private static Permission permission(Body body) {
        return new Permission(
                RandomText.id("PER2"),
                body.requiredText("name"),
                body.text("description").orElse(""));
    }

    private static Role role(Body body) {
        return new Role(
                RandomText.id("ROL2"),
                body.requiredText("name"),
                body.text("description").orElse(""),
                body.texts("permissions"),
                body.text("tenantId").orElse(""),
                body.flag("default"),
                Instant.EPOCH);
    }

    private NewUser readUser(Body body) {
        body.allowingOnly(USER);
        List<String> loginIds = body.texts("loginIds");
        if (loginIds.isEmpty() || loginIds.stream().anyMatch(String::isBlank)) {
            throw Refusal.missingArgument(
                    body.placeOf("loginIds") + " must hold at least one login ID, and no blank one");
        }
        return at(body, () -> {
            NewUser.Builder user = NewUser.builder(loginIds.get(0))
                    .name(body.text("name").orElse(""))
                    .givenName(body.text("givenName").orElse(""))
                    .middleName(body.text("middleName").orElse(""))
                    .familyName(body.text("familyName").orElse(""))
                    .email(body.text("email").orElse(""))
                    .phone(body.text("phone").orElse(""))
                    .hasVerifiedEmail(body.flag("verifiedEmail"))
                    .hasVerifiedPhone(body.flag("verifiedPhone"))
                    .picture(body.text("picture").orElse(""))
                    .customAttributes(body.object("customAttributes").fields())
                    .test(body.flag("test"))
                    .roles(body.texts("roles"))
                    .permissions(body.texts("permissions"));
            body.text("userId").ifPresent(user::userId);
            loginIds.forEach(user::loginId);
            memberships(body)
                    .forEach(tenant -> user.tenant(tenant.id(), tenant.name(), tenant.roles(), tenant.permissions()));
            return user.build();
        });
    }

    private NewAccessKey readAccessKey(Body body) {
        body.allowingOnly(ACCESS_KEY);
        return at(body, () -> {
            NewAccessKey.Builder key = NewAccessKey.builder(body.text("name").orElse(""))
                    .roles(body.texts("roles"))
                    .permissions(body.texts("permissions"))
                    .customClaims(body.object("customClaims").fields());
            body.text("key").ifPresent(key::key);
            memberships(body)
                    .forEach(tenant -> key.tenant(tenant.id(), tenant.name(), tenant.roles(), tenant.permissions()));
            return key.build();
        });
    }

    private List<Tenant> memberships(Body body) {
        return body.objects("tenants").stream()
                .map(tenant -> membership(tenant.allowingOnly(MEMBERSHIP)))
                .toList();
    }

    private Tenant membership(Body body) {
        String id = body.requiredText("id");
        String name = body.text("name").orElse(tenantNames.getOrDefault(id, id));
        return new Tenant(id, name, body.texts("roles"), body.texts("permissions"));
    }

    /** Who defines roles or tenants means these: another name is most likely misspelt. */
    private static void requireDefinedNames(Body project) {
        if (project.has("roles")) {
            Set<String> defined = names(project.objects("roles"), "name");
            requireDefined(project, "rolesForNewUsers", defined, "roles");
            holders(project).forEach(holder -> requireDefined(holder, "roles", defined, "roles"));
            holders(project)
                    .flatMap(holder -> holder.objects("tenants").stream())
                    .forEach(membership -> requireDefined(membership, "roles", defined, "roles"));
        }
        if (project.has("tenants")) {
            Set<String> defined = names(project.objects("tenants"), "id");
            holders(project)
                    .flatMap(holder -> holder.objects("tenants").stream())
                    .forEach(membership ->
                            require(defined, membership.requiredText("id"), membership.placeOf("id"), "tenants"));
        }
    }

    private static Stream<Body> holders(Body project) {
        return Stream.of("users", "accessKeys").flatMap(name -> project.objects(name).stream());
    }

    private static Set<String> names(List<Body> things, String field) {
        return things.stream().map(thing -> thing.requiredText(field)).collect(Collectors.toSet());
    }

    private static void requireDefined(Body holder, String field, Set<String> defined, String where) {
        holder.texts(field).forEach(name -> require(defined, name, holder.placeOf(field), where));
    }

    private static void require(Set<String> defined, String name, String place, String where) {
        if (!defined.contains(name)) {
            throw Refusal.invalidArgument(place + " names " + name + ", which is not among the project's " + where);
        }
    }

    /** Lets the message of a builder say where in the JSON its value stands. */
    private static <T> T at(Body body, Supplier<T> builder) {
        try {
            return builder.get();
        } catch (IllegalArgumentException e) {
            throw Refusal.invalidArgument(
                    body.place().isEmpty() ? String.valueOf(e.getMessage()) : body.place() + ": " + e.getMessage());
        }
    }
}
