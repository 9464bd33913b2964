<%@ page contentType="text/html;charset=UTF-8" session="false" isErrorPage="true" %>
<% application.setAttribute("seen by the error page", String.valueOf(request.getAttribute("descope")) + request.getQueryString() + request.getParameter("t")); %>
<p>Oops</p>
