<%@ page contentType="text/html;charset=UTF-8" session="false" %>
<p>Half a page</p>
<% if (true) { throw new IllegalStateException("cannot show " + request.getAttribute("descope")); } %>
