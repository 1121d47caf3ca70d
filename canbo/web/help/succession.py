"""Help of sources, comparison, proposals, requests between levels, depth of succession and readiness."""

from canbo.web.help.page import HelpPage

PAGES = {
    "planning-sources": HelpPage(
        title="Nguồn cho một danh sách quy hoạch",
        purpose="Ai chưa có trong danh sách mà đủ tiêu chuẩn, điều kiện; ngoài phạm vi thì chỉ biết có bao nhiêu người.",
        steps=(
            "Bấm “◂” để đưa một tiêu chí lên trước, “×” để bỏ; danh sách sắp đúng theo thứ tự ấy.",
            "Chọn tìm trong đơn vị hay mọi đơn vị của bạn; thu hẹp bằng biểu thức.",
            "Đánh dấu 2 đến 5 người để so sánh, hoặc đánh dấu rồi giới thiệu vào danh sách.",
            "Ở mục “Ngoài phạm vi của bạn”, bấm “Đề nghị” để nơi quản lý giới thiệu người.",
        ),
        mistakes=(
            "Nữ, trẻ, dân tộc là dấu hiệu để biết, không làm ai lên trước.",
            "“Thiếu hồ sơ” không phải là không đạt: bổ sung hồ sơ rồi tìm lại.",
        ),
    ),
    "planning-compare": HelpPage(
        title="So sánh nguồn",
        purpose="Từ 2 đến 5 người cạnh nhau, từng nội dung như nhau; không có điểm.",
        steps=("Đánh dấu người ở trang nguồn rồi bấm “So sánh”.", "In hoặc xuất Word, Excel khổ A3 ngang."),
        mistakes=("Ô trống là hồ sơ chưa có, không phải là “không”.",),
    ),
    "planning-proposal": HelpPage(
        title="Đề xuất số lượng, cơ cấu",
        purpose="Cách sửa ít người nhất để các danh sách của đơn vị đủ số lượng, cơ cấu; chỉ với người đủ tiêu chuẩn.",
        steps=(
            "Chọn nhiệm kỳ; đánh dấu ai nhất thiết giữ, ai không để trong danh sách.", "Bấm “Tìm cách sửa nhỏ nhất”.",
            "Đọc từng thay đổi và số liệu trước, sau; không đồng ý người nào thì bấm “Không đưa người này, tìm lại”.",
            "Đánh dấu thay đổi đồng ý rồi bấm “Lấy”.",
        ),
        mistakes=(
            "Chưa bấm “Lấy” thì chưa ghi gì.", "Khi không danh sách nào đáp ứng đủ, trang nói còn thiếu ít nhất mấy người.",
            "Không vì cơ cấu mà hạ tiêu chuẩn.",
        ),
    ),
    "planning-requests": HelpPage(
        title="Đề nghị giữa các cấp",
        purpose="Đề nghị giới thiệu nguồn: nơi khác đề nghị đơn vị bạn, và bạn đề nghị nơi khác.",
        steps=("Bấm tên chức danh để xem và trả lời.", "Đề nghị mới được gửi từ trang nguồn của một danh sách."),
        mistakes=("Nơi đề nghị chỉ thấy người được giới thiệu.",),
    ),
    "planning-request": HelpPage(
        title="Trả lời đề nghị giới thiệu nguồn",
        purpose="Chọn người của đơn vị mình giới thiệu cho danh sách của nơi khác, hoặc trả lời không giới thiệu.",
        steps=(
            "Xem người phù hợp, đánh dấu người giới thiệu.", "Ghi ý kiến; không giới thiệu ai thì ghi lý do.", "Bấm “Trả lời đề nghị”.",
        ),
        mistakes=("Trả lời rồi không sửa được; nơi đề nghị gửi đề nghị ở đợt sau nếu cần.",),
    ),
    "planning-succession": HelpPage(
        title="Nguồn kế cận",
        purpose="Từng chức danh lãnh đạo: ai đang giữ, đến khi nào, ai được quy hoạch kế cận và đã đủ tiêu chuẩn chưa.",
        steps=(
            "Xem nơi chưa có người kế cận ở đầu danh sách.", "Chọn đơn vị, chức danh, nhiệm kỳ, ngày nhìn tới.",
            "Bấm tên chức danh để xem khi khuyết thì ai có thể đến và để lại vị trí nào.", "Xuất đúng danh sách đang xem.",
        ),
        mistakes=(
            "Ngày dự kiến khuyết chỉ tính khi hồ sơ ghi rõ ngày sinh hoặc thời hạn giữ chức vụ.",
            "Thứ tự người kế cận theo tình trạng rồi theo tên, không phải thứ tự ưu tiên.",
        ),
    ),
    "planning-knock-on": HelpPage(
        title="Khi một vị trí khuyết",
        purpose="Chọn thử một người kế cận, xem người đó để lại vị trí nào và nguồn kế cận của vị trí ấy.",
        steps=(
            "Bấm tên một người kế cận; vị trí người đó để lại hiện ở dưới.", "Bấm tiếp ở vị trí sau, hoặc bấm lần nữa để bỏ chọn.",
        ),
        mistakes=("Đây là xem thử: chương trình không chọn thay và không ghi gì.",),
    ),
    "planning-ready": HelpPage(
        title="Trước đại hội, bầu cử",
        purpose="Người trong quy hoạch ai đã đủ, ai chưa đủ tiêu chuẩn chức danh vào ngày ấy, cần bồi dưỡng gì.",
        steps=(
            "Ghi ngày đại hội hoặc bầu cử, xét trước mấy tháng, nhiệm kỳ.",
            "Bấm một con số ở bảng nội dung cần hoàn thiện để xem từng người.",
            "Xuất danh sách hoặc bảng nhu cầu.",
        ),
        mistakes=("Tuổi tính đến ngày ấy, giấy tờ như hiện nay: học xong thì ghi vào hồ sơ rồi xem lại.",),
    ),
}
