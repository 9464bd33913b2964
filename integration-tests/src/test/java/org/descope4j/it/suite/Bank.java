package org.descope4j.it.suite;

import org.descope4j.servlet.DescopeApplication;

/** Where the bank says what it is called and protects; the shop does so in MicroProfile Config. */
@DescopeApplication(applicationName = "The bank", protectedPaths = "/account/*")
public final class Bank {
    private Bank() {}
}
