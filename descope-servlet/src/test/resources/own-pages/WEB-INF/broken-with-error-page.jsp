<%@ page contentType="text/html;charset=UTF-8" session="false" errorPage="/WEB-INF/error.jsp" %>
<% if (true) { throw new IllegalStateException("cannot show it"); } %>
